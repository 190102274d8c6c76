/**
 * The name in `names` that `given` was most likely meant to be: equal but for case, spaces and punctuation, or few keystrokes away.
 * `undefined` when none is near.
 */
export function nearestName(given: string, names: Iterable<string>): string | undefined {
  const wanted = plainName(given);
  let nearest: string | undefined;
  let fewest = Math.max(1, Math.floor(wanted.length / 4)) + 1;
  for (const name of names) {
    const candidate = plainName(name);
    if (candidate === wanted) return name;
    const distance = keystrokes(wanted, candidate);
    if (distance < fewest) {
      fewest = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** A name without what people write differently: case, spaces and punctuation. */
export function plainName(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Insertions, deletions and replacements from one text to the other. */
function keystrokes(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let at = 1; at <= to.length; at += 1) {
      const replaced = (previous[at - 1] ?? 0) + (from[row - 1] === to[at - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
