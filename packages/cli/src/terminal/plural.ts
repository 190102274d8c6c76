/** `1 row`, `2 rows`; `1 person`, `2 people`. */
export function plural(count: number, unit: string, units = `${unit}s`): string {
  return `${count} ${count === 1 ? unit : units}`;
}
