import type { HistoryRow, StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { gather } from '@seek-pass-kit/flows/store';
import { noteMilestones } from './milestones.ts';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';

/** Lines of the history of awards, in the order of their `position`. */
export const history = table<HistoryRow>('history', {
  issuer: 'key',
  awardId: 'key',
  at: 'time',
  who: 'text',
  what: 'key',
  why: 'text',
  payloadHash: 'hash',
});

/** A line as it is appended: it hangs on no chain yet. */
const appendedLines = table<HistoryRow & { readonly sealed: boolean }>('history', {
  ...history.columns,
  sealed: 'boolean',
});

/** Look-ups of history. */
export function historyReads(sql: Sql): Pick<StoreReads, 'history'> {
  return {
    history: (issuer, awardId) =>
      sql.select(history, (query) => match(history, { issuer, awardId })(query).orderBy('position')),
  };
}

/** Changes of history: it only grows. */
export function historyChanges(sql: Sql): Pick<StoreTransaction, 'appendHistory'> {
  return {
    appendHistory: gather<readonly HistoryRow[], undefined>({
      async together(all) {
        await sql.insert(
          appendedLines,
          all.flat().map((line) => ({ ...line, sealed: false })),
        );
        await noteMilestones(sql, all.flat());
        return [];
      },
    }),
  };
}
