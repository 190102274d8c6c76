import type { Leaf } from './leaves.ts';

/** What a document says, without salts, by path. */
export type Contents = ReadonlyMap<string, string>;

/** The contents of leaves that are not null. */
export function readContents(leaves: readonly Leaf[]): Contents {
  const contents = new Map<string, string>();
  for (const { path, value } of leaves) if (value !== undefined) contents.set(path, value);
  return contents;
}

/** Real documents have one or two issuers. */
const maxIssuers = 20;

/** The names of the issuers: OpenCerts have a list of them. */
export function issuerNames(contents: Contents): readonly string[] {
  return [...contents]
    .filter(([path]) => /^issuers\.\d+\.name$/.test(path))
    .slice(0, maxIssuers)
    .map(([, name]) => name);
}

/** `YYYY-MM-DD` of a date or a date with a time, as written; undefined when it is neither or not in the calendar. */
export function calendarDay(text: string | undefined): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text ?? '',
  )?.[1];
  if (day === undefined) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
}
