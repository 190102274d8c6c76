import { ConfigurationError, type SettingProblem } from '@seek-pass-kit/core';
import { errorKind } from '../errors/error-kind.ts';
import { isConfigurationError } from '../registration/named-error.ts';

/** Settings of the registration that its parts share: these are not named after the part that refused them. */
const shared = /^(?:environment|clientId|scopes|issuer|brand|defaultLocale|store|keys)(?:\.|$)/;

/** Of a sentence that begins with its setting. */
const settingIn = /^[a-z]\w*(?:\.\w+)*/;

/** Collects what is wrong with the options of a registration: one sentence for each setting, the first that was found. */
export class FoundProblems {
  readonly #found = new Map<string, SettingProblem>();

  get size(): number {
    return this.#found.size;
  }

  /** Notes a sentence, which names its setting. */
  add(setting: string, message: string): void {
    if (!this.#found.has(setting)) this.#found.set(setting, { setting, message });
  }

  /**
   * Notes what a check throws. What is no `invalid_configuration` comes of a value that has another type than its setting, so it is noted by
   * the kind of the error: its message may quote the value.
   *
   * @param place the part whose settings are checked, such as `addFlow`; empty for those of the registration.
   */
  async of(place: string, check: () => unknown): Promise<void> {
    try {
      await check();
    } catch (error) {
      if (!isConfigurationError(error)) {
        const what = place === '' ? 'The options' : place;
        this.add(
          place,
          `${what} cannot be read (${errorKind(error)}): see that every setting has the type it should have.`,
        );
        return;
      }
      for (const { setting, message } of error.problems) {
        const told = settingIn.exec(message)?.[0] ?? '';
        const isPart = setting === undefined || told.startsWith(`${setting}.`);
        this.#note(place, isPart ? told : setting, message);
      }
    }
  }

  /** @throws {ConfigurationError} `invalid_configuration`, when something was noted. */
  end(): void {
    if (this.#found.size > 0) throw new ConfigurationError([...this.#found.values()]);
  }

  #note(place: string, setting: string, message: string): void {
    const path =
      place === '' || shared.test(setting) || setting.startsWith(`${place}.`)
        ? setting
        : [place, setting].filter((part) => part !== '').join('.');
    if (message.startsWith(path) || path === '') this.add(path, message);
    else if (message.startsWith(setting) && setting !== '')
      this.add(path, path + message.slice(setting.length));
    else this.add(path, `${path}: ${message}`);
  }
}
