import { finishedJobLifeMs } from '../job-retention.ts';
import { type Store, StoreConflict, type StoreTransaction } from '../ports.ts';
import { memoryChanges } from './memory-changes.ts';
import { sweepDocuments } from './memory-documents.ts';
import { memoryJobs } from './memory-jobs.ts';
import { memoryLimits } from './memory-limits.ts';
import { memoryReads } from './memory-reads.ts';
import { keyOf } from './memory-table.ts';
import { createMemoryTables, type MemoryTables } from './memory-tables.ts';

/**
 * A store in the memory of this process, for tests and trials: everything is gone when the process ends. Transactions
 * run one after another, so do not start one inside another: it would wait for itself.
 */
export function createMemoryStore(): Store {
  const tables = createMemoryTables();
  const { sweep: sweepLimits, ...limits } = memoryLimits();
  let positions = 0;
  let last: Promise<unknown> = Promise.resolve();

  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(async () => {
      try {
        const result = await work();
        for (const table of Object.values(tables)) table.commit();
        return result;
      } catch (error) {
        for (const table of Object.values(tables)) table.rollback();
        throw error;
      }
    });
    last = run.catch(() => undefined);
    return run;
  };

  return {
    transaction: <T>(work: (tx: StoreTransaction) => Promise<T>) =>
      alone(async () => {
        const conflicts: StoreConflict[] = [];
        const conflict = () => {
          const made = new StoreConflict(
            'The row exists already, is gone, or was changed meanwhile. Read it again.',
          );
          conflicts.push(made);
          return made;
        };
        const result = await work(memoryChanges(tables, () => (positions += 1), conflict));
        if (conflicts[0] !== undefined) throw conflicts[0];
        return result;
      }),
    read: memoryReads(tables, 'committed'),
    limits,
    jobs: memoryJobs(tables, alone),
    sweep: (now) =>
      alone(async () => {
        sweepLimits(now);
        sweepTables(tables, now);
        sweepDocuments(tables, tables.awards, now);
      }),
    close: async () => {
      await last;
    },
  };
}

function sweepTables({ sessions, codes, jobs }: MemoryTables, now: number): void {
  for (const { issuer, idHash, expiresAt } of sessions.all('own')) {
    if (expiresAt <= now) sessions.delete(keyOf(issuer, idHash));
  }
  for (const { issuer, awardId, expiresAt } of codes.all('own')) {
    if (expiresAt <= now) codes.delete(keyOf(issuer, awardId));
  }
  for (const { issuer, id, state, dueAt } of jobs.all('own')) {
    if (state === 'done' && dueAt + finishedJobLifeMs <= now) jobs.delete(keyOf(issuer, id));
  }
}
