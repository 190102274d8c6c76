import type { FlowContext } from '../flow-context.ts';

/** Whether the first awards of a run went out. A counter of the shared store remembers it for ever. */
export async function isCanaryOut({ store, issuer, clock }: FlowContext, runId: string): Promise<boolean> {
  return (await store.limits.used(nameOf(issuer, runId), Number.POSITIVE_INFINITY, clock.now())) > 0;
}

/** Remembers it, after they are stored: a crash between the two lets a few more out, and never forgets that a word is needed. */
export async function markCanaryOut({ store, issuer, clock }: FlowContext, runId: string): Promise<void> {
  await store.limits.take(nameOf(issuer, runId), 1, Number.POSITIVE_INFINITY, clock.now());
}

function nameOf(issuer: string, runId: string): string {
  return `bulk_canary:${issuer}:${runId}`;
}
