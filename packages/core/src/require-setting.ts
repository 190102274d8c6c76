import { ConfigurationError } from './errors.ts';

/** Throws `ConfigurationError` unless the setting holds what it must: one sentence, the name of the setting first. */
export function requireSetting(holds: boolean, name: string, must: string): asserts holds {
  if (!holds) throw new ConfigurationError([{ setting: name, message: `${name} ${must}.` }]);
}

/** The longest delay that a Node timer keeps. */
const longestTimerMs = 2_147_483_647;

/** A setting whose name ends in `Ms` must be milliseconds that a timer keeps, any other a whole number. Both above 0. */
export function requireNumber(name: string, value: unknown): void {
  if (name.endsWith('Ms')) {
    if (typeof value === 'number' && value > 0 && value <= longestTimerMs) return;
    requireSetting(false, name, `must be a number of milliseconds above 0, at most ${longestTimerMs}`);
  }
  requireSetting(Number.isSafeInteger(value) && Number(value) > 0, name, 'must be a whole number above 0');
}
