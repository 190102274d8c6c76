import { randomUUID } from 'node:crypto';
import { decideAnew } from '../awards/decide-anew.ts';
import { runDue } from '../jobs/runner.ts';
import type { StoreTransaction } from '../store/ports.ts';
import { findEndpoint } from './find-endpoint.ts';
import type { InboxContext } from './inbox-options.ts';
import { receiverUrlOf } from './receiver-urls.ts';
import { rotationJob, rotationJobRow, rotationKind } from './rotation-job.ts';
import { learnMs, type SecretBook } from './secret-book.ts';

/** Who wants it, and of which endpoint. */
export interface RotationRequest {
  /** The host's id of a member of staff, or `system`. */
  readonly who: string;
  /** Which `receiverUrl`, when there are several. Default: the first one. */
  readonly url?: string;
}

/**
 * How a rotation ended.
 *
 * - `rotated`: the new secret is stored, and the former one accepted for a while.
 * - `under_way`: SEEK Pass did not answer yet; `runDue` of any process goes on with it.
 * - `refused`: SEEK Pass said no, and the secret is what it was.
 * - `no_endpoint`: SEEK Pass has no webhook for the URL; create it first.
 */
export type RotationResult =
  | { readonly outcome: 'rotated' | 'under_way' | 'refused'; readonly endpointId: string }
  | { readonly outcome: 'no_endpoint' };

/** How long a caller waits for what runs on by itself. */
const patienceMs = 120_000;
const lookAgainMs = 250;

/**
 * Rotates the secret as one operation. The intent is stored first; when every receiver knows it, SEEK Pass is asked, and the new secret
 * stored. Whoever dies on the way leaves the intent, and another process rotates once more: a secret that was answered to the dead is
 * lost, and the next one makes it invalid. Two that ask at the same time share one rotation.
 */
export async function rotateSecret(
  context: InboxContext,
  book: SecretBook,
  { who, url }: RotationRequest,
): Promise<RotationResult> {
  const { issuer, store, clock, random } = context;
  const endpointId = await findEndpoint(context, receiverUrlOf(context.receiverUrls, url));
  if (endpointId === undefined) return { outcome: 'no_endpoint' };
  const begunAt = clock.now();
  await decideAnew(store, (tx) => intend(context, tx, endpointId, who));
  const handlers = { [rotationKind]: rotationJob(context, book) };
  const until = begunAt + learnMs(context.refreshMs) + patienceMs;
  for (;;) {
    await runDue({ store, clock, random, issuers: [issuer] }, { budgetMs: patienceMs, handlers });
    const endpoint = (await book.read()).endpoints.find(({ row }) => row.id === endpointId);
    if (endpoint?.row.rotation === null) {
      const since = endpoint.secrets[0]?.since ?? Number.NEGATIVE_INFINITY;
      return { outcome: since >= begunAt ? 'rotated' : 'refused', endpointId };
    }
    if (clock.now() >= until) return { outcome: 'under_way', endpointId };
    await new Promise<void>((resolve) => {
      clock.setTimer(lookAgainMs, resolve);
    });
  }
}

/** Stores the intent, unless one stands. */
async function intend(
  context: InboxContext,
  tx: StoreTransaction,
  endpointId: string,
  who: string,
): Promise<void> {
  const { issuer, clock } = context;
  const row = (await tx.webhookEndpoints(issuer)).find(({ id }) => id === endpointId);
  if (row === undefined)
    throw new Error('The endpoint was removed meanwhile. List the endpoints and rotate again.');
  if (row.rotation !== null) return;
  const rotation = { id: randomUUID(), who, since: clock.now() };
  await tx.putWebhookEndpoint({ ...row, rotation });
  await tx.enqueue([rotationJobRow(context, endpointId, rotation)]);
  const line = { issuer, at: rotation.since, who, what: 'webhook_rotation_begun' };
  await tx.appendAudit([{ ...line, about: `webhook:${endpointId}`, why: null }]);
}
