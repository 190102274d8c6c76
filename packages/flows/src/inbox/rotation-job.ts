import { randomUUID } from 'node:crypto';
import { SeekPassError, type SeekPassErrorCode } from '@seek-pass-kit/core';
import { decideAnew } from '../awards/decide-anew.ts';
import { jobId } from '../jobs/job-id.ts';
import { inTime } from '../jobs/in-time.ts';
import { failureName } from '../jobs/retry-plan.ts';
import type { JobHandler, JobHandlers } from '../jobs/runner.ts';
import type { RotationIntent, WebhookEndpointRow } from '../store/inbox.ts';
import type { LeasedJob } from '../store/jobs.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { JobRow } from '../store/rows.ts';
import type { InboxContext } from './inbox-options.ts';
import { openEndpoint, type WebhookSecret, withSecrets } from './sealed-endpoint.ts';
import { learnMs, type SecretBook } from './secret-book.ts';

/** The kind of the job that asks SEEK Pass for a new secret. */
export const rotationKind = 'webhook_rotation';
const rotatedKind = 'webhook_rotated';

/** The jobs of a rotation: the asking, and what has to be done after it. */
export function rotationJobs(context: InboxContext, book: SecretBook): JobHandlers {
  return {
    [rotationKind]: rotationJob(context, book),
    [rotatedKind]: async (_job, control) => {
      const { clock, onRotation } = context;
      if (onRotation !== undefined) await inTime(clock, control, () => onRotation());
      return undefined;
    },
  };
}

/** By the time of its intent: it runs when every receiver has learnt of that. */
export function rotationJobRow(
  { issuer, refreshMs }: InboxContext,
  endpointId: string,
  rotation: RotationIntent,
): JobRow {
  return {
    id: jobId(issuer, rotationKind, rotation.id),
    issuer,
    kind: rotationKind,
    refs: { endpointId, rotationId: rotation.id },
    runAt: rotation.since + learnMs(refreshMs),
  };
}

/** Asks SEEK Pass, and stores the answer with the end of the job: only who holds the job ends the rotation. */
export function rotationJob(context: InboxContext, book: SecretBook): JobHandler {
  const { store, seekPass, clock } = context;
  return async (job, control) => {
    const row = await endpointOf(store.read, job);
    if (row?.rotation?.id !== job.refs['rotationId']) return undefined;
    let secret: string;
    try {
      const rotated = await seekPass.webhooks.rotateSecret(endpointIdOf(job), { signal: control.signal });
      secret = rotated.secret.reveal();
    } catch (error) {
      if (control.signal.aborted) throw error;
      // After an attempt without an answer nobody knows what SEEK Pass signs with: then only a new secret ends it.
      if (!isRefusal(error) || job.attempt > 1) return { retryAt: clock.now() + askAgainMs(job.attempt) };
      await decideAnew(store, (tx) => giveUp(context, tx, job, failureName(error)));
      return 'settled';
    }
    await decideAnew(store, (tx) => keepSecret(context, tx, job, secret));
    await book.read();
    return 'settled';
  };
}

/** Repeating these gives the same answer, and nothing was rotated. */
const refusals: ReadonlySet<SeekPassErrorCode> = new Set<SeekPassErrorCode>([
  'invalid_payload',
  'invalid_configuration',
  'authentication_failed',
  'rejected',
]);

function isRefusal(error: unknown): boolean {
  return SeekPassError.is(error) && refusals.has(error.code);
}

/** Never given up: meanwhile what fits no known secret is quarantined. */
function askAgainMs(attempt: number): number {
  return Math.min(60_000, 2_000 * 2 ** Math.min(attempt - 1, 10));
}

async function keepSecret(
  context: InboxContext,
  tx: StoreTransaction,
  job: LeasedJob,
  secret: string,
): Promise<void> {
  const { keys, clock, issuer, overlapMs } = context;
  const ours = await tx.settle(job, { done: true });
  const row = await endpointOf(tx, job);
  if (row === undefined) return;
  const now = clock.now();
  const open = await openEndpoint(keys, row);
  const standing = row.rotation?.id === job.refs['rotationId'] ? row.rotation : null;
  if (!ours || standing === null) {
    // We stood still, and another worker rotates too. Nobody knows whose secret SEEK Pass uses in the end: this one is accepted for a
    // while, and a rotation that no worker has begun yet decides.
    const next =
      row.rotation === null || standing !== null
        ? { id: randomUUID(), who: row.rotation?.who ?? 'system', since: now }
        : row.rotation;
    const kept = withSecrets(open, [...open.secrets, { secret, since: now, until: now + overlapMs }]);
    await tx.putWebhookEndpoint({ ...kept, rotation: next });
    await tx.enqueue([rotationJobRow(context, row.id, next)]);
    return;
  }
  const newest: WebhookSecret = { secret, since: now, until: null };
  const former = open.secrets
    .map((one) => ({ ...one, until: one.until ?? now + overlapMs }))
    .filter(({ until }) => until > now);
  await tx.putWebhookEndpoint({ ...withSecrets(open, [newest, ...former]), rotation: null });
  const refs = { endpointId: row.id };
  const id = jobId(issuer, rotatedKind, standing.id);
  await tx.enqueue([{ id, issuer, kind: rotatedKind, refs, runAt: now }]);
  const line = { issuer, at: now, who: standing.who, what: 'webhook_secret_rotated' };
  await tx.appendAudit([{ ...line, about: `webhook:${row.id}`, why: null }]);
}

/** SEEK Pass said no: the secret is what it was. */
async function giveUp(
  { clock, issuer }: InboxContext,
  tx: StoreTransaction,
  job: LeasedJob,
  why: string,
): Promise<void> {
  const row = (await tx.settle(job, { done: true })) ? await endpointOf(tx, job) : undefined;
  const { rotation } = row ?? { rotation: null };
  if (row === undefined || rotation === null || rotation.id !== job.refs['rotationId']) return;
  await tx.putWebhookEndpoint({ ...row, rotation: null });
  const line = { issuer, at: clock.now(), who: rotation.who, what: 'webhook_rotation_refused' };
  await tx.appendAudit([{ ...line, about: `webhook:${row.id}`, why }]);
}

function endpointIdOf({ refs }: LeasedJob): string {
  return String(refs['endpointId']);
}

async function endpointOf(
  reads: Pick<StoreTransaction, 'webhookEndpoints'>,
  job: LeasedJob,
): Promise<WebhookEndpointRow | undefined> {
  return (await reads.webhookEndpoints(job.issuer)).find(({ id }) => id === endpointIdOf(job));
}
