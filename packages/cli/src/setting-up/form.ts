import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { Questions } from '../terminal/questions.ts';

/** A line of text that a new issuer needs. */
export interface TextField {
  readonly message: string;
  readonly option: string;
  /** Of the environment. */
  readonly setting?: string;
  readonly suggested?: string | undefined;
  readonly check?: (text: string) => string | undefined;
}

/** Asks what is not known; or, when nobody is there, collects what is missing to say it all at once. */
export class Form {
  readonly #questions: Questions | undefined;
  readonly #environment: CommandContext['environment'];
  readonly #missing: string[] = [];

  constructor(questions: Questions | undefined, environment: CommandContext['environment']) {
    this.#questions = questions;
    this.#environment = environment;
  }

  /** A setting of the environment; `undefined` when it is empty. */
  fromEnvironment(name: string | undefined): string | undefined {
    const text = name === undefined ? '' : (this.#environment[name]?.trim() ?? '');
    return text === '' ? undefined : text;
  }

  async text(
    given: string | undefined,
    { message, option, setting, suggested, check }: TextField,
  ): Promise<string> {
    if (given !== undefined) return given;
    const known = this.fromEnvironment(setting) ?? suggested;
    if (this.#questions === undefined) return known ?? this.#lack(option);
    const needed = (text: string) => emptiness(text) ?? check?.(text);
    const suggestion = known === undefined ? {} : { suggested: known };
    return (await this.#questions.text({ message, check: needed, ...suggestion })).trim();
  }

  /** A line that may stay empty. */
  async optionalText(given: string | undefined, message: string): Promise<string | undefined> {
    if (given !== undefined || this.#questions === undefined) return given;
    const text = (await this.#questions.text({ message })).trim();
    return text === '' ? undefined : text;
  }

  /** A line that is not shown, and never an option. */
  async secret(message: string, setting: string): Promise<string> {
    const known = this.fromEnvironment(setting);
    if (known !== undefined) return known;
    if (this.#questions === undefined) return this.#lack(`${setting} (in the environment)`);
    return (await this.#questions.secret({ message, check: emptiness })).trim();
  }

  /** One of a few. `suggested` is taken when nobody is there. */
  async choice<Value extends string>(
    message: string,
    option: string,
    choices: readonly { readonly value: Value; readonly label: string }[],
    suggested?: Value,
  ): Promise<Value> {
    if (this.#questions !== undefined) return this.#questions.choice({ message, choices });
    if (suggested !== undefined) return suggested;
    this.#lack(option);
    return this.#stop();
  }

  /** Throws when something is missing. */
  end(): void {
    if (this.#missing.length > 0) this.#stop();
  }

  #lack(option: string): string {
    this.#missing.push(option);
    return '';
  }

  #stop(): never {
    throw new CommandError(
      'wrong_usage',
      `Nobody is at a terminal to be asked. Give: ${this.#missing.join(', ')}.`,
    );
  }
}

function emptiness(text: string): string | undefined {
  return text.trim() === '' ? 'This is needed.' : undefined;
}
