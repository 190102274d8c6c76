import { ConfigurationError } from '@seek-pass-kit/core';

const taken = new WeakMap<object, Set<string>>();

/**
 * Gives a registration its name in an application. Two with one name would share tokens: which of them is injected would be an accident.
 *
 * @param application anything that each application has one of.
 * @throws {ConfigurationError} `invalid_configuration` when another registration has the name.
 */
export function takeName(application: object, name: string): void {
  const names = taken.get(application) ?? new Set();
  taken.set(application, names);
  if (names.has(name)) {
    throw new ConfigurationError(
      `SeekPassModule '${name}': this application registers that name twice. Give each registration a name of its own; to inject from one in several modules, import the module that has it, or set isGlobal.`,
    );
  }
  names.add(name);
}
