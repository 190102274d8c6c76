import { decideAnew } from '../awards/decide-anew.ts';
import { readGuardedForm } from '../claims/form-guard.ts';
import { seeOther } from '../claims/page-answers.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { type BrowserPass, newBrowserPass, passCookie, roomForPass } from './browser-pass.ts';
import type { VerifyEnd } from './pages/verify-page.ts';
import { type RequestOutcome, requestVerification } from './request-verification.ts';
import type { VerificationDetails } from './sealed-verifications.ts';
import { verifyAnswer } from './verify-answers.ts';
import type { VerifyContext } from './verify-context.ts';
import { isStarter, passOf, startForm, startPath, type VerifyVisit } from './verify-desk.ts';
import { nextVerifyPollAt } from './verify-poll-plan.ts';
import { isVerifyToken, plainHash } from './verify-secrets.ts';

/** Each press asks SEEK Pass. */
const pressesAnHour = 10;
const hour = 3_600_000;

/** The start link itself: gives this browser a pass and leads to an address without the token. It changes nothing (security rule 4). */
export async function openStartLink(visit: VerifyVisit, id: string, token: string): Promise<Response> {
  const { desk, request } = visit;
  const { secrets, clock } = desk.context;
  if (!isVerifyToken(secrets.start, id, token)) return verifyAnswer(visit, { page: 'unknown_link' });
  const pass = passOf(visit, id) ?? newBrowserPass(id, clock.now());
  return seeOther(visit, startPath(desk, id), [
    passCookie(desk.context, pass),
    ...roomForPass(desk.cookies, secrets, request, id),
  ]);
}

/** The page with the button. */
export async function startPage(visit: VerifyVisit, id: string): Promise<Response> {
  const { desk } = visit;
  const { context } = desk;
  const pass = passOf(visit, id);
  if (pass === undefined) return verifyAnswer(visit, { page: 'foreign_form' });
  const row = await context.store.read.verification(context.issuer, id);
  const obstacle = obstacleTo(context, row, pass);
  if (obstacle !== undefined) return verifyAnswer(visit, { page: obstacle });
  return verifyAnswer(visit, { page: 'start', go: startForm(desk, pass) }, { here: startPath(desk, id) });
}

/** The only request that starts: binds the verification to this browser, asks SEEK Pass and leads there. */
export async function pressStart(visit: VerifyVisit, id: string): Promise<Response> {
  const { desk, request } = visit;
  const { context } = desk;
  const pass = passOf(visit, id);
  const guard = { origin: desk.origin, secrets: [context.secrets] };
  const form = await readGuardedForm(request, guard, pass?.secret);
  if ('refused' in form || pass === undefined) {
    const status = 'refused' in form && form.refused !== 'no_cookie' ? form.refused : 403;
    return verifyAnswer(visit, { page: 'foreign_form' }, { status });
  }
  const { store, issuer, clock } = context;
  const limit = `verify-start:${issuer}:${id}`;
  const { allowed } = await store.limits.take(limit, pressesAnHour, hour, clock.now());
  if (!allowed) return verifyAnswer(visit, { page: 'too_many' });
  const bound = await bindBrowser(context, id, pass);
  if (typeof bound === 'string') return verifyAnswer(visit, { page: bound });
  const details = await detailsOf(context, bound);
  return details === undefined
    ? verifyAnswer(visit, { page: 'over' })
    : answerTo(visit, pass, await requestVerification(context, bound, details));
}

function answerTo(visit: VerifyVisit, pass: BrowserPass, asked: RequestOutcome): Response {
  switch (asked.outcome) {
    case 'redirect':
      return seeOther(visit, asked.redirectUri, [passCookie(visit.desk.context, pass)]);
    case 'rejected':
      return verifyAnswer(visit, { page: 'rejected' });
    case 'unavailable': {
      const { retryAfterMs } = asked;
      const headers =
        retryAfterMs === undefined
          ? {}
          : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) };
      return verifyAnswer(visit, { page: 'unavailable', retry: startForm(visit.desk, pass) }, { headers });
    }
  }
}

/** Of all browsers that press, the first one gets it, under the lock of the row. */
function bindBrowser(
  context: VerifyContext,
  id: string,
  pass: BrowserPass,
): Promise<VerificationRow | VerifyEnd> {
  const { issuer, store, seekPass, giveUpAfterMs } = context;
  return decideAnew(store, async (tx) => {
    const row = await tx.lockVerification(issuer, id);
    const obstacle = obstacleTo(context, row, pass);
    if (obstacle !== undefined || row === undefined) return obstacle ?? 'unknown_link';
    if (row.browserHash !== null) return row;
    const requestedAt = seekPass.now();
    const giveUpAt = requestedAt + giveUpAfterMs;
    const bound: VerificationRow = {
      ...row,
      browserHash: plainHash(pass.secret),
      requestedAt,
      giveUpAt,
      nextPollAt: nextVerifyPollAt({ requestedAt, giveUpAt }, requestedAt) ?? giveUpAt,
    };
    await tx.updateVerification(bound);
    return bound;
  });
}

/** Why this browser cannot start; `undefined`: it can, be it once more. */
function obstacleTo(
  { seekPass }: VerifyContext,
  row: VerificationRow | undefined,
  pass: BrowserPass,
): VerifyEnd | undefined {
  if (row === undefined) return 'unknown_link';
  const { facts, giveUpAt, browserHash } = row;
  if (browserHash !== null && !isStarter(row, pass)) return 'used';
  const hasEnded = facts.outcome !== 'open' || facts.redactedAt !== undefined || seekPass.now() >= giveUpAt;
  // Whoever came back has used the one-time value: what is completed after that would be held.
  return hasEnded || facts.starterCameAt !== undefined ? 'over' : undefined;
}

async function detailsOf(
  { records }: VerifyContext,
  row: VerificationRow,
): Promise<VerificationDetails | undefined> {
  const dataKey = await records.dataKeyOf(row);
  if (dataKey === undefined || row.sealedDetails === null) return undefined;
  return records.open(dataKey, row, 'sealed_details', row.sealedDetails);
}
