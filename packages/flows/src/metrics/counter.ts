/** Counts of one kind of happening, by its labels. */
export interface Counter {
  /** Label values in the order of the names. */
  readonly add: (labels: readonly string[], amount?: number) => void;
  readonly values: () => Iterable<readonly [labels: readonly string[], count: number]>;
}

/** A {@link Counter}. Give it labels of few values: each combination is kept for as long as the process runs. */
export function createCounter(): Counter {
  const counts = new Map<string, [labels: readonly string[], count: number]>();
  return {
    add(labels, amount = 1) {
      const key = labels.join('\0');
      counts.set(key, [labels, (counts.get(key)?.[1] ?? 0) + amount]);
    },
    values: () => counts.values(),
  };
}
