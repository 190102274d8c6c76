import { pageAnswer, problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { isHostProof } from './claim-handler-options.ts';
import { awardsPath, formTo, startPath, stepPath } from './claim-paths.ts';
import { findSession, holdsFor, hostSessionCookie, isProved } from './claim-session.ts';
import type { NewCookie } from './cookies.ts';
import { hostPersonOf, isSamePerson, leadToSignIn } from './host-person.ts';
import { factsToAsk } from './known-facts.ts';
import { knownRecipient } from './known-recipient.ts';
import { type LinkPass, newPass, sentGeneration } from './link-pass.ts';
import { makeRoom, openedAward, passCookie, passOf } from './opened-link.ts';
import { seeOther } from './page-answers.ts';
import { type ProofKind, proofKindOf } from './proof-kind.ts';

/**
 * The first page of an award. Whoever was proved in this browser already goes on to the awards. Else a link has to have been opened, or
 * the host's sign-in has to be the recipient's.
 */
export async function startStep(visit: Visit, awardId: string): Promise<Response> {
  const { desk } = visit;
  const answer = await enterByHost(visit, awardId);
  if (answer !== undefined) return answer;
  const onward = await onwardPath(visit, awardId);
  if (onward !== undefined) return seeOther(visit, onward);
  const opened = await openedAward(visit, passOf(visit, awardId));
  if ('refused' in opened) return opened.refused;
  return startPage(visit, opened.pass, proofKindOf(desk.rules, opened.award));
}

function startPage(
  visit: Visit,
  pass: LinkPass,
  kind: ProofKind,
  cookies: readonly NewCookie[] = [],
): Response {
  const { desk } = visit;
  const action = stepPath(desk, pass.awardId, kind === 'email-code' ? 'code' : 'proof');
  const send = formTo(desk, action, pass.browser);
  return pageAnswer(
    visit,
    { page: 'start', send, ...(kind === 'email-code' ? {} : { withoutCode: true }) },
    { here: startPath(desk, pass.awardId), cookies },
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

/**
 * The way in without a link, for whoever the host's sign-in proves to be the recipient. Anybody else without a link reads the same, whether
 * there is such an award or not (security rule 4). `undefined`: the link has to say.
 */
async function enterByHost(visit: Visit, awardId: string): Promise<Response | undefined> {
  const { desk } = visit;
  if (!isHostProof(desk.rules.proof)) return undefined;
  const person = await hostPersonOf(visit);
  if (person === undefined) return leadToSignIn(visit, awardId);
  const held = passOf(visit, awardId);
  const { issuer, store, clock } = desk.context;
  const award = await store.read.award(issuer, awardId);
  const recipient = award === undefined ? undefined : await knownRecipient(desk.context, award.recipientId);
  if (award === undefined || recipient === undefined || !isSamePerson(visit, person, recipient.row)) {
    return held === undefined ? problemAnswer(visit, 'wrong_person') : undefined;
  }
  const onward = await onwardPath(visit, awardId);
  if (onward !== undefined) return seeOther(visit, onward);
  if (factsToAsk(desk.rules, recipient.person, 'host').length === 0) {
    return seeOther(visit, awardsPath(desk, awardId), [hostSessionCookie(desk, award)]);
  }
  const generation = sentGeneration(award);
  if (held?.generation === generation) return undefined;
  const pass = newPass(award, generation, clock.now());
  return startPage(visit, pass, 'host', [passCookie(visit, pass), ...makeRoom(visit, awardId)]);
}
