import type { HandoffRow, HandoffStore } from '@seek-pass-kit/flows';
import type { Knex } from 'knex';
import { columnsOf, rowOf, table } from '../store/table.ts';

const handoffs = table<HandoffRow>('handoffs', {
  issuer: 'key',
  idHash: 'hash',
  awardId: 'key',
  subjectHash: 'hash',
  expiresAt: 'time',
});

/** Long after the end of a handoff, so that clocks of several instances may differ. */
const keptMs = 3_600_000;

/** Handoffs in the database of Strapi, for all instances of the site. */
export function strapiHandoffs(knex: Knex): HandoffStore {
  return {
    async put(row) {
      await knex(handoffs.name)
        .where('expires_at', '<', row.expiresAt - keptMs)
        .delete();
      await knex(handoffs.name).insert(columnsOf(handoffs, row));
    },
    async take(issuer, idHash) {
      const its = columnsOf(handoffs, { issuer, idHash });
      const [row] = (await knex(handoffs.name).where(its).limit(1)) as Array<Record<string, unknown>>;
      // Of several at once every one may have read it. The database lets one remove it.
      const removed: number = row === undefined ? 0 : await knex(handoffs.name).where(its).delete();
      return row === undefined || removed === 0 ? undefined : rowOf(handoffs, row);
    },
  };
}
