import { decideAnew } from '../awards/decide-anew.ts';
import { seeOther } from '../claims/page-answers.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { roomForPass } from './browser-pass.ts';
import { storeChange } from './record-sighting.ts';
import { isUndecided, withCallback } from './verification-facts.ts';
import { verifyAnswer } from './verify-answers.ts';
import type { VerifyContext } from './verify-context.ts';
import { isStarter, passOf, resultPath, type VerifyVisit } from './verify-desk.ts';
import { nextVerifyPollAt } from './verify-poll-plan.ts';
import { isVerifyToken } from './verify-secrets.ts';

/**
 * Where SEEK Pass sends the browser afterwards, by GET. It has one effect: noting that this browser came, the one that started or
 * another one (security rule 14). Nothing is read from the query. The page about it has an address without the one-time value.
 */
export async function callbackStep(visit: VerifyVisit, id: string, token: string): Promise<Response> {
  const { context, cookies } = visit.desk;
  const { issuer, store, secrets } = context;
  const isToken = isVerifyToken(secrets.callback, id, token);
  const row = isToken ? await store.read.verification(issuer, id) : undefined;
  if (row === undefined) return verifyAnswer(visit, { page: 'unknown_link' });
  // A browser that loads it ahead of a click gives the answer up and asks again then.
  if (isPrefetch(visit.request)) return verifyAnswer(visit, { page: 'unavailable' });
  const starter = isStarter(row, passOf(visit, id));
  // A look at the headers alone is no visit.
  if (visit.request.method === 'GET') await noteCallback(context, id, starter ? 'starter' : 'other');
  if (!starter) return verifyAnswer(visit, { page: 'elsewhere' });
  return seeOther(visit, resultPath(visit.desk, id), roomForPass(cookies, secrets, visit.request, id));
}

/** Whether the person has not gone there yet. Whoever makes it up is noted as no browser at all. */
function isPrefetch({ headers }: Request): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) => headers.get(name)?.includes('prefetch'));
}

function noteCallback(context: VerifyContext, id: string, browser: 'starter' | 'other'): Promise<void> {
  const { issuer, store, seekPass } = context;
  return decideAnew(store, async (tx) => {
    const row = await tx.lockVerification(issuer, id);
    if (row === undefined) return;
    const now = seekPass.now();
    const facts = withCallback(row.facts, browser, now);
    if (facts === row.facts) return;
    await storeChange(context, tx, row, { ...row, facts, nextPollAt: soonerPoll(row, now) });
  });
}

/**
 * A browser that comes back says that it has ended, whoever's it is: it is asked about soon, also when its time was judged to be over.
 */
function soonerPoll(row: VerificationRow, now: number): number | null {
  const { facts, nextPollAt, requestedAt, giveUpAt } = row;
  if (requestedAt === null || !isUndecided(facts) || facts.outcome === 'canceled') return nextPollAt;
  const soon = nextVerifyPollAt({ requestedAt, giveUpAt, signAt: now }, now) ?? now;
  return Math.min(nextPollAt ?? soon, soon);
}
