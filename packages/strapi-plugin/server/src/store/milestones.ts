import type { AwardRow, HistoryRow } from '@seek-pass-kit/flows';
import { milestoneOf, waitCount, waitOf } from '@seek-pass-kit/flows/store';
import { awards } from './awards.ts';
import { partsOf } from './parts-of.ts';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';

interface MilestoneRow {
  readonly issuer: string;
  readonly awardId: string;
  /** Each is reached once; `wait` goes with `added`. */
  readonly milestone: string;
  /** When it counts. */
  readonly at: number;
  /** See `ReportCount.course`. */
  readonly course: string;
  /** What it counts as: one of `countedNames`. */
  readonly counted: string;
}

/** What awards came to, for reports: without it each report would read the whole history. */
export const milestones = table<MilestoneRow>('milestones', {
  issuer: 'key',
  awardId: 'key',
  milestone: 'key',
  at: 'time',
  course: 'key',
  counted: 'key',
});

/** Notes the milestones that these lines of history tell of, in their order: only the first time that an award comes to one counts. */
export async function noteMilestones(sql: Sql, lines: readonly Line[]): Promise<void> {
  const telling = lines.filter(({ what }) => milestoneOf(what) !== undefined);
  for (const issuer of new Set(telling.map((line) => line.issuer))) {
    const ofIssuer = telling.filter((line) => line.issuer === issuer);
    const found = await awardsOf(sql, issuer, [...new Set(ofIssuer.map(({ awardId }) => awardId))]);
    const rows = ofIssuer.flatMap((line) => {
      const award = found.get(line.awardId);
      return award === undefined ? [] : rowsOf(line, award);
    });
    await sql.insertMissing(milestones, rows, ['issuer', 'awardId', 'milestone']);
  }
}

type Line = Pick<HistoryRow, 'issuer' | 'awardId' | 'at' | 'what'>;
type Counted = Pick<AwardRow, 'id' | 'course' | 'credentialType' | 'createdAt'>;

async function awardsOf(sql: Sql, issuer: string, ids: readonly string[]): Promise<Map<string, Counted>> {
  const found = new Map<string, Counted>();
  for (const keys of partsOf(ids)) {
    const part = await sql.selectSome(awards, ['id', 'course', 'credentialType', 'createdAt'], (query) =>
      match(awards, { issuer })(query).whereIn('id', keys),
    );
    for (const award of part) found.set(award.id, award);
  }
  return found;
}

function rowsOf({ issuer, awardId, at, what }: Line, award: Counted): MilestoneRow[] {
  const milestone = milestoneOf(what);
  if (milestone === undefined) return [];
  const row = { issuer, awardId, course: award.course ?? award.credentialType };
  const reached = { ...row, milestone, at, counted: milestone };
  if (milestone !== 'added') return [reached];
  const wait = waitCount(waitOf(at - award.createdAt));
  return [reached, { ...row, milestone: 'wait', at: award.createdAt, counted: wait }];
}
