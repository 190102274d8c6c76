import { finishedJobLifeMs } from '@seek-pass-kit/flows/store';
import { claimCodes, claimSessions } from './claims.ts';
import { sweepDocuments } from './documents.ts';
import { jobs } from './jobs.ts';
import { sweepLimits } from './limits.ts';
import { match, type Sql } from './sql.ts';
import { sweepReceipts } from './transaction.ts';

/** Removes what nobody needs any more; see `Store.sweep`. Each statement stands for itself, so that nobody waits for all of them. */
export async function sweepStore(sql: Sql, now: number): Promise<void> {
  await sweepLimits(sql, now);
  await sql.remove(claimSessions, (query) => query.where('expires_at', '<=', now));
  await sql.remove(claimCodes, (query) => query.where('expires_at', '<=', now));
  await sql.remove(jobs, (query) =>
    match(jobs, { state: 'done' })(query).where('ended_at', '<=', now - finishedJobLifeMs),
  );
  await sweepDocuments(sql, now);
  await sweepReceipts(sql, now);
}
