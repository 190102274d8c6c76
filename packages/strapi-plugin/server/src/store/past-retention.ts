import type { AwardRow, RecipientRow, RetentionCutoffs } from '@seek-pass-kit/flows';
import { cutoffOf, isRecordOfNobody } from '@seek-pass-kit/flows/store';
import { awards } from './awards.ts';
import { history } from './history.ts';
import { partsOf } from './parts-of.ts';
import { recipients } from './recipients.ts';
import { match, type Sql } from './sql.ts';
import { fromDatabase } from './table.ts';

interface PageOfRecipients {
  readonly issuer: string;
  readonly cutoffs: RetentionCutoffs;
  readonly after: string;
  readonly limit: number;
}

type Kept = Pick<AwardRow, 'id' | 'recipientId' | 'facts' | 'createdAt'>;

/** Of each recipient of the page: whether all awards of theirs stand still since before the cutoff for how they stand. */
export async function pastRetention(
  sql: Sql,
  { issuer, cutoffs, after, limit }: PageOfRecipients,
): Promise<{ recipients: RecipientRow[]; last?: string }> {
  const page = await sql.select(recipients, (query) =>
    match(recipients, { issuer })(query).where('id', '>', after).orderBy('id').limit(limit),
  );
  const last = page.length < limit ? undefined : page.at(-1)?.id;
  const found = await awardsOf(sql, issuer, page);
  const lastLines = await lastLinesOf(sql, issuer, found);
  const isPast = (recipient: RecipientRow): boolean => {
    if (recipient.wrappedKey === null) return false;
    const isRecord = isRecordOfNobody(recipient);
    const theirs = found.filter(({ recipientId }) => recipientId === recipient.id);
    if (theirs.length === 0)
      return recipient.createdAt <= ((isRecord ? cutoffs.records : cutoffs.ended) ?? -1);
    return theirs.every(
      (award) =>
        Math.max(award.createdAt, lastLines.get(award.id) ?? 0) <= cutoffOf(award, isRecord, cutoffs),
    );
  };
  return { recipients: page.filter(isPast), ...(last === undefined ? {} : { last }) };
}

async function awardsOf(sql: Sql, issuer: string, page: readonly RecipientRow[]): Promise<Kept[]> {
  const found: Kept[] = [];
  for (const ids of partsOf(page.map(({ id }) => id))) {
    const part = await sql.selectSome(awards, ['id', 'recipientId', 'facts', 'createdAt'], (query) =>
      match(awards, { issuer })(query).whereIn('recipient_id', ids),
    );
    found.push(...part);
  }
  return found;
}

/** When something happened last to each of these awards. */
async function lastLinesOf(sql: Sql, issuer: string, of: readonly Kept[]): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const ids of partsOf(of.map(({ id }) => id))) {
    const lines = await sql.ask<{ readonly award_id: unknown; readonly at: unknown }>((knex) =>
      match(history, { issuer })(knex(history.name))
        .whereIn('award_id', ids)
        .select('award_id')
        .max({ at: 'at' })
        .groupBy('award_id'),
    );
    for (const line of lines) times.set(String(fromDatabase('key', line.award_id)), Number(line.at));
  }
  return times;
}
