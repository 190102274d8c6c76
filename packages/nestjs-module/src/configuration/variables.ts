import { ConfigurationError } from '@seek-pass-kit/core';
import { isConfigurationError } from '../registration/named-error.ts';

/** Reads the variables of one registration. */
export interface Variables {
  /** What the environment calls a setting: `SEEK_PASS_CLIENT_ID`, of a registration with a name `SEEK_PASS_HR_CLIENT_ID`. */
  readonly nameOf: (setting: string) => string;
  /** The value of a variable; `undefined` when it is not set, or blank. */
  readonly read: (setting: string) => string | undefined;
}

/** The variables of a registration; without a name, those of the only one. */
export function variablesOf(
  registration: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Variables {
  const prefix = ['SEEK_PASS', ...(registration === undefined ? [] : [registration])].join('_');
  const nameOf = (setting: string) => `${prefix}_${setting}`.toUpperCase().replaceAll('-', '_');
  return {
    nameOf,
    read(setting) {
      const text = environment[nameOf(setting)]?.trim() ?? '';
      return text === '' ? undefined : text;
    },
  };
}

/** A list with spaces or commas between its members. */
export function listIn(text: string | undefined): string[] | undefined {
  return text?.split(/[\s,]+/).filter((member) => member !== '');
}

/**
 * Says what is wrong with settings in the words of the environment.
 *
 * @param names of the variables, by setting.
 * @throws {ConfigurationError} `invalid_configuration`, with a sentence for each variable.
 */
export function inTermsOfVariables(names: Readonly<Record<string, string>>, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    throw new ConfigurationError(
      error.problems.map(({ setting = '', message }) => {
        const variable = names[setting] ?? setting;
        const rest = message.startsWith(setting) ? message.slice(setting.length) : `: ${message}`;
        return { setting: variable, message: variable + rest };
      }),
    );
  }
}
