import type { TrailSource } from '@seek-pass-kit/flows';
import type { Sql } from './sql.ts';
import { fromDatabase } from './table.ts';
import { auditLinks, linesOfSource, rangesFrom } from './trail-tables.ts';

const linksOfPage = 500;
const linesOfPage = 5_000;
const tagBytes = 16;

/** The first lines that are marked as covered by a link, and none covers them. */
export async function unchainedLines(
  sql: Sql,
  issuer: string,
  source: TrailSource,
  limit: number,
): Promise<number[]> {
  const covered = await coveredRanges(sql, issuer, source);
  const lines = linesOfSource(source);
  const unchained: number[] = [];
  let at = 0;
  for (let after = -1; unchained.length < limit; ) {
    const page = await sql.selectSome(lines, ['position'], (query) =>
      query
        .where({ issuer, sealed: true })
        .where('position', '>', after)
        .orderBy('position')
        .limit(linesOfPage),
    );
    for (const { position } of page) {
      while (position > (covered[at]?.[1] ?? Number.POSITIVE_INFINITY)) at += 1;
      if (position < (covered[at]?.[0] ?? Number.POSITIVE_INFINITY)) unchained.push(position);
      after = position;
    }
    if (page.length < linesOfPage) break;
  }
  return unchained.slice(0, limit);
}

type Range = readonly [from: number, to: number];

/**
 * What the links of the chain cover, ascending and apart. Numbers below 1 are no part of it: nobody follows them. Ranges that somebody made
 * larger reach no further than there are tags.
 */
async function coveredRanges(sql: Sql, issuer: string, source: TrailSource): Promise<Range[]> {
  const ranges: Range[] = [];
  for (let after = 0; ; ) {
    const page = await sql.ask<{ number: unknown; ranges: unknown; bytes: unknown }>((knex) =>
      knex(auditLinks.name)
        .select('number', 'ranges', knex.raw('length(tags) as bytes'))
        .where({ issuer, source })
        .where('number', '>', after)
        .orderBy('number')
        .limit(linksOfPage),
    );
    for (const link of page) {
      const pairs = rangesFrom(String(fromDatabase('text', link.ranges)));
      const most = Number(link.bytes) / tagBytes;
      for (let at = 0; at + 1 < pairs.length; at += 2) {
        const [from = 0, to = 0] = pairs.slice(at, at + 2);
        ranges.push([from, Math.min(to, from + most)]);
      }
      after = Number(link.number);
    }
    if (page.length < linksOfPage) return apart(ranges);
  }
}

function apart(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1)
      merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}
