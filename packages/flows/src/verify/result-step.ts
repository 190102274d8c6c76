import { SeekPassError } from '@seek-pass-kit/core';
import { seeOther } from '../claims/page-answers.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { learnResult } from './learn-result.ts';
import type { VerifyEnd } from './pages/verify-page.ts';
import { mayReturnTo, returnAddress } from './return-to.ts';
import { callbackLagMs, isUndecided, verificationStandingOf } from './verification-facts.ts';
import { verifyAnswer } from './verify-answers.ts';
import type { VerifyContext } from './verify-context.ts';
import { isStarter, passOf, resultPath, type VerifyVisit } from './verify-desk.ts';

/** How often the page looks again, in seconds; whoever reloads it faster gets what is known. */
const refreshSeconds = 3;
const leastBetweenLooksMs = 2_000;

/**
 * What came of it, for the browser that started and has come back (security rule 14): SEEK Pass is asked from here, and a page of ours
 * says it, or the host's own page does. Any other browser reads the same as for a verification that does not exist.
 */
export async function resultStep(visit: VerifyVisit, id: string): Promise<Response> {
  const { context } = visit.desk;
  const known = await context.store.read.verification(context.issuer, id);
  const hasRight = known?.facts.starterCameAt !== undefined && isStarter(known, passOf(visit, id));
  if (!hasRight) return verifyAnswer(visit, { page: 'elsewhere' });
  const row = await upToDate(context, known);
  const end = endOf(row);
  if (end === 'elsewhere') return verifyAnswer(visit, { page: 'elsewhere' });
  const here = resultPath(visit.desk, id);
  if (mayStillCome(context, row)) {
    const headers = { refresh: String(refreshSeconds) };
    return verifyAnswer(visit, { page: 'waiting', again: here }, { headers, here });
  }
  const returnTo = await returnToOf(context, row);
  return returnTo === undefined ? verifyAnswer(visit, { page: end }, { here }) : seeOther(visit, returnTo);
}

/**
 * Asks SEEK Pass when that can bring something new; when it does not answer, the page looks again. However many tabs look at once, and
 * whether SEEK Pass answers or not, it is asked by one of them in a while.
 */
async function upToDate(context: VerifyContext, row: VerificationRow): Promise<VerificationRow> {
  const { issuer, store, clock } = context;
  if (!isUndecided(row.facts)) return row;
  const limit = `verify-look:${issuer}:${row.id}`;
  const { allowed } = await store.limits.take(limit, 1, leastBetweenLooksMs, clock.now());
  if (!allowed) return row;
  try {
    return (await learnResult(context, row.id, { lane: 'claims' })) ?? row;
  } catch (error) {
    if (SeekPassError.is(error) && error.code !== 'invalid_configuration') return row;
    throw error;
  }
}

/** SEEK Pass led here a moment ago and says nothing of an end yet. */
function mayStillCome({ seekPass }: VerifyContext, { facts }: VerificationRow): boolean {
  if (!isUndecided(facts) || facts.outcome === 'canceled') return false;
  return seekPass.now() - (facts.starterCameAt ?? 0) < callbackLagMs;
}

function endOf({ facts }: VerificationRow): VerifyEnd {
  const { state } = verificationStandingOf(facts);
  switch (state) {
    case 'matched':
    case 'anyone':
      return 'confirmed';
    case 'mismatched':
      return 'somebody_else';
    case 'needs_person':
      return 'looked_at';
    case 'canceled':
      return 'canceled';
    case 'held':
      return 'elsewhere';
    case 'expired':
    case 'redacted':
      return 'over';
    case 'created':
    case 'failed':
    case 'open':
      return 'unfinished';
  }
}

/** It was checked when it was stored, by the settings of then. */
async function returnToOf(
  { records, returnOrigins }: VerifyContext,
  row: VerificationRow,
): Promise<string | undefined> {
  const dataKey = row.sealedDetails === null ? undefined : await records.dataKeyOf(row);
  if (dataKey === undefined || row.sealedDetails === null) return undefined;
  const { returnTo } = records.open(dataKey, row, 'sealed_details', row.sealedDetails);
  const mayReturn = returnTo !== undefined && mayReturnTo(returnTo, returnOrigins);
  return mayReturn ? returnAddress(returnTo, row.id) : undefined;
}
