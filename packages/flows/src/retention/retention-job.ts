import type { FlowContext } from '../flow-context.ts';
import { jobId } from '../jobs/job-id.ts';
import type { JobHandler } from '../jobs/runner.ts';
import type { JobRow, RecipientRow } from '../store/rows.ts';
import { purge } from './purge.ts';
import { cutoffsOf, isRecordOfNobody } from './retention-cutoffs.ts';
import type { RetentionRules } from './retention-rules.ts';

/** The kind of job that purges what the rules say. Refs: `day` (UTC), `after` (the recipient it goes on after). */
export const retentionKind = 'retention';

const dayMs = 24 * 3_600_000;
const rowsAPage = 1_000;

/** The next job goes on from there, so that no job keeps a worker for long. */
const pagesAJob = 10;

/** As many as one transaction erases: whoever awards waits for it. */
const purgedAtOnce = 20;

/** Has the rules applied once a day (UTC), however many processes ask for it. */
export async function scheduleRetention({ issuer, store, clock, retention }: FlowContext): Promise<void> {
  if (Object.keys(retention).length === 0) return;
  const now = clock.now();
  const job = jobAfter(issuer, String(Math.floor(now / dayMs)), '', now);
  await store.transaction((tx) => tx.enqueue([job]));
}

function jobAfter(issuer: string, day: string, after: string, runAt: number): JobRow {
  return {
    id: jobId(issuer, retentionKind, day, after),
    issuer,
    kind: retentionKind,
    refs: { day, after },
    runAt,
  };
}

/** Does jobs of {@link scheduleRetention}: goes through everybody, page by page. */
export function retentionHandler(context: FlowContext): JobHandler {
  const { issuer, store, clock } = context;
  return async ({ refs }, { signal }) => {
    let after: string | undefined = refs['after'] ?? '';
    for (let pages = 0; pages < pagesAJob && after !== undefined; pages += 1) {
      const { recipients, last } = await pageAfter(context, after);
      for (let from = 0; from < recipients.length; from += purgedAtOnce) {
        signal.throwIfAborted();
        await purge(context, recipients.slice(from, from + purgedAtOnce));
      }
      after = last;
    }
    if (after === undefined) return undefined;
    const next = jobAfter(issuer, refs['day'] ?? '', after, clock.now());
    await store.transaction((tx) => tx.enqueue([next]));
    return undefined;
  };
}

function pageAfter(
  { issuer, store, clock, retention }: FlowContext,
  after: string,
): Promise<{ readonly recipients: RecipientRow[]; readonly last?: string }> {
  return store.read.recipientsPastRetention(issuer, cutoffsOf(retention, clock.now()), after, rowsAPage);
}

/** Whose time is over, and by which rules. */
export interface RetentionDue {
  readonly rules: RetentionRules;
  /** People whose delivery data goes with the next run, unless a hold keeps it. */
  readonly deliveryData: number;
  /** Rows of records that go with the next run, unless a hold keeps them. */
  readonly awardRecords: number;
}

/** Counts what the rules purge next; goes through everybody, and changes nothing. */
export async function retentionDue(context: FlowContext): Promise<RetentionDue> {
  const due = { deliveryData: 0, awardRecords: 0 };
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(context, after);
    for (const row of page.recipients) due[isRecordOfNobody(row) ? 'awardRecords' : 'deliveryData'] += 1;
    after = page.last;
  }
  return { rules: context.retention, ...due };
}
