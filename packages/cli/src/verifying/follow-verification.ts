import type { VerificationState, VerificationStatus, VerifyFlow } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';

/** How often to look, in milliseconds. */
const lookEveryMs = 1_000;

/** For this long a held result may still be released: the browser can come after the webhook. */
const heldPatienceMs = 5 * 60_000;

const waiting: ReadonlySet<VerificationState> = new Set(['created', 'failed', 'open']);

/**
 * Looks until it has ended, or until somebody stops it: then it stays as it is. `shown` hears each change; that a result is held, in the
 * end only.
 */
export async function followVerification(
  flow: VerifyFlow,
  first: VerificationStatus,
  { stopped, now }: CommandContext,
  shown: (status: VerificationStatus) => void,
): Promise<VerificationStatus> {
  const stop = stopped().then(() => 'stopped' as const);
  let status = first;
  let heldSince: number | undefined;
  if (status.state !== 'held') shown(status);
  for (;;) {
    heldSince = status.state === 'held' ? (heldSince ?? now()) : undefined;
    const mayChange =
      waiting.has(status.state) || (heldSince !== undefined && now() - heldSince < heldPatienceMs);
    if (!mayChange || (await Promise.race([stop, pause()])) === 'stopped') break;
    const next = (await flow.status(status.verificationId)) ?? status;
    if (next.state !== status.state && next.state !== 'held') shown(next);
    status = next;
  }
  if (status.state === 'held') shown(status);
  return status;
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, lookEveryMs).unref();
  });
}
