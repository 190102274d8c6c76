import { ConfigurationError } from '@seek-pass-kit/core';

/** Whether outcomes can be stored under a name: 1 to 63 letters, digits, `-` and `_`. */
export function isHandlerName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,63}$/.test(name);
}

/**
 * Checks the names of what is there already; a host that fills its record later checks them itself.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the first that is none.
 */
export function checkHandlerNames(what: string, named: object | undefined): void {
  const names = typeof named === 'function' ? [] : Object.keys(named ?? {});
  const wrong = names.find((name) => !isHandlerName(name));
  if (wrong === undefined) return;
  throw new ConfigurationError(
    `The ${what} ${JSON.stringify(wrong)} needs a name of 1 to 63 letters, digits, - and _: outcomes are stored under it.`,
  );
}
