/** The most keys of one statement. */
const mostKeys = 500;

/** Keys, as many at a time as one statement looks for. */
export function* partsOf<Key>(keys: readonly Key[]): Generator<Key[], void, undefined> {
  for (let at = 0; at < keys.length; at += mostKeys) yield keys.slice(at, at + mostKeys);
}
