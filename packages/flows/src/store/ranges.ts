/** Ascending numbers as from, to, from, to, …, both included. */
export function rangesOf(numbers: readonly number[]): number[] {
  const ranges: number[] = [];
  for (const number of numbers) {
    if (ranges.at(-1) === number - 1) ranges[ranges.length - 1] = number;
    else ranges.push(number, number);
  }
  return ranges;
}

/** The numbers in what {@link rangesOf} made. */
export function* numbersIn(ranges: readonly number[]): Generator<number, void, undefined> {
  for (let at = 0; at < ranges.length; at += 2) {
    const to = ranges[at + 1] ?? 0;
    for (let number = ranges[at] ?? 0; number <= to; number += 1) yield number;
  }
}

/** How many numbers are in what {@link rangesOf} made. */
export function countIn(ranges: readonly number[]): number {
  let count = 0;
  for (let at = 0; at < ranges.length; at += 2) count += (ranges[at + 1] ?? 0) - (ranges[at] ?? 0) + 1;
  return count;
}
