import { nearestName } from './credentials/nearest-name.ts';
import { ConfigurationError } from './errors.ts';

/**
 * Refuses names that do not exist: they are typing errors.
 *
 * @param kind what the names are of: `setting`.
 * @throws {ConfigurationError} `invalid_configuration` with a sentence for each, and the name that was probably meant.
 */
export function requireKnown(kind: string, known: readonly string[], given: object): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new ConfigurationError(
    unknown.map((name) => {
      const nearest = nearestName(name, known);
      const remedy =
        nearest === undefined ? `use one of ${known.join(', ')}` : `rename it to ${nearest}, or leave it out`;
      const message = `There is no ${kind} named ${JSON.stringify(name.slice(0, 60))}: ${remedy}.`;
      return { setting: name, message };
    }),
  );
}
