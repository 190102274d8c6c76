import type { Entry } from '../permissions/readable-entry.ts';

/**
 * Which published version of an entry this is: when it was published, or saved where the content type has no drafts. A text that later
 * versions come after.
 */
export function entryVersionOf(entry: Entry): string {
  const times = [entry['publishedAt'], entry['updatedAt']].flatMap((time) =>
    typeof time === 'string' || typeof time === 'number' || time instanceof Date
      ? [new Date(time).getTime()]
      : [],
  );
  return new Date(Math.max(0, ...times)).toISOString();
}
