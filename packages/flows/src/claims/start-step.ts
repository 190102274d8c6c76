import { pageAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { type ClaimRules, isLinkAlone } from './claim-handler-options.ts';
import { awardsPath, formTo, startPath, stepPath } from './claim-paths.ts';
import { findSession, holdsFor, isProved } from './claim-session.ts';
import { openedAward, passOf } from './opened-link.ts';
import { seeOther } from './page-answers.ts';
import { proofKindOf } from './proof-kind.ts';

/** The first page of an opened link. Whoever was proved in this browser already goes on to the awards. */
export async function startStep(visit: Visit, awardId: string): Promise<Response> {
  const { desk } = visit;
  const onward = await onwardPath(visit, awardId);
  if (onward !== undefined) return seeOther(visit, onward);
  const opened = await openedAward(visit, passOf(visit, awardId));
  if ('refused' in opened) return opened.refused;
  const { award, pass } = opened;
  const kind = proofKindOf(desk.rules, award);
  const signIn = kind === 'host' ? await signInUrl(desk.rules, visit, awardId) : undefined;
  if (signIn !== undefined) return seeOther(visit, signIn);
  const action = stepPath(desk, awardId, kind === 'email-code' ? 'code' : 'proof');
  const send = formTo(desk, action, pass.browser);
  return pageAnswer(
    visit,
    { page: 'start', send, ...(kind === 'email-code' ? {} : { withoutCode: true }) },
    { here: startPath(desk, awardId) },
  );
}

async function onwardPath(visit: Visit, awardId: string): Promise<string | undefined> {
  const { desk } = visit;
  const { issuer, store } = desk.context;
  const session = await findSession(visit);
  if (session === undefined) return undefined;
  if (!isProved(session)) {
    return session.award.id === awardId ? stepPath(desk, awardId, 'facts') : undefined;
  }
  const award = session.award.id === awardId ? session.award : await store.read.award(issuer, awardId);
  return award !== undefined && holdsFor(desk, session, award) ? awardsPath(desk, awardId) : undefined;
}

/** Where somebody goes first whom the host does not know yet. On a GET: a form could not lead to another origin. */
async function signInUrl(
  { proof }: ClaimRules,
  { desk, request }: Visit,
  awardId: string,
): Promise<string | undefined> {
  if (proof === 'email-code' || isLinkAlone(proof) || proof.signInUrl === undefined) return undefined;
  if ((await proof.host(request)) !== undefined) return undefined;
  return proof.signInUrl(desk.origin + startPath(desk, awardId));
}
