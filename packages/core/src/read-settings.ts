import { ConfigurationError, SeekPassError, type SettingProblem } from './errors.ts';

/**
 * Reads several settings and tells all that is wrong with them at once.
 *
 * ```ts
 * const { issuer, claimBaseUrl } = readSettings({ issuer: () => readIssuer(…), claimBaseUrl: () => readBaseUrl(…) });
 * ```
 *
 * @param readers by the name of the setting. What one throws that is no `invalid_configuration` goes on.
 * @throws {ConfigurationError} `invalid_configuration`, with every problem of every reader in their order.
 */
export function readSettings<Read extends object>(
  readers: {
    readonly [Name in keyof Read]: () => Read[Name];
  },
): Read {
  const problems: SettingProblem[] = [];
  const read: Partial<Read> = {};
  for (const name in readers) {
    try {
      read[name] = readers[name]();
    } catch (error) {
      problems.push(...problemsOf(name, error));
    }
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return read as Read;
}

/** A problem that names no setting is one of the setting that was read. */
function problemsOf(setting: string, error: unknown): SettingProblem[] {
  if (!SeekPassError.is(error) || error.code !== 'invalid_configuration') throw error;
  const { problems } = error as ConfigurationError;
  return problems.map((problem) => ({ ...problem, setting: problem.setting ?? setting }));
}
