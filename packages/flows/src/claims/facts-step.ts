import { formFields, type ProofProblem } from '../pages/claim-page.ts';
import { pageAnswer, problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { countFailure, failuresLeft, takeFactsTry } from './claim-limits.ts';
import { awardsPath, formTo, stepPath } from './claim-paths.ts';
import {
  type ClaimSession,
  endSession,
  findSession,
  isProved,
  newSession,
  sessionIdOf,
} from './claim-session.ts';
import { tooMany } from './code-step.ts';
import { readForm } from './form-guard.ts';
import { refuseSuccessor } from './host-person.ts';
import { areRight, factsToAsk } from './known-facts.ts';
import { type KnownRecipient, knownRecipient } from './known-recipient.ts';
import { seeOther } from './page-answers.ts';
import { type ProofKind, proofKindOf } from './proof-kind.ts';

/** GET: asks for facts that only the person should know. */
export async function factsStep(visit: Visit, awardId: string): Promise<Response> {
  const asked = await askedPerson(visit, awardId);
  if ('answer' in asked) return asked.answer;
  return factsPage(visit, asked);
}

/** POST: the last part of a proof. */
export async function answerFacts(visit: Visit, awardId: string): Promise<Response> {
  const { context } = visit.desk;
  const form = await readForm(visit, sessionIdOf(visit));
  if ('refused' in form) return form.refused;
  const asked = await askedPerson(visit, awardId);
  if ('answer' in asked) return asked.answer;
  const { session, recipient, facts } = asked;

  const failures = await failuresLeft(context, session.award);
  if (failures.left === 0) return tooMany(visit, failures.waitMs);
  if (!(await takeFactsTry(context, session.row.idHash))) return factsPage(visit, asked, 'used_up');
  if (!areRight(facts, recipient.person, (name) => form.fields.get(formFields.fact(name)) ?? '')) {
    await countFailure(context, session.award);
    return factsPage(visit, asked, 'wrong');
  }
  const { award, row } = session;
  const provedBy = firstProof(visit, session);
  const proved = newSession(visit, { award, generation: row.generation, provedBy, pending: false });
  await context.store.transaction(proved.put);
  return seeOther(visit, awardsPath(visit.desk, award.id), [proved.cookie]);
}

interface AskedPerson {
  readonly session: ClaimSession;
  readonly recipient: KnownRecipient;
  readonly facts: readonly string[];
}

/** Whoever gave the first part of the proof for this award in this browser, or the answer to everybody else. */
async function askedPerson(
  visit: Visit,
  awardId: string,
): Promise<AskedPerson | { readonly answer: Response }> {
  const { desk } = visit;
  const session = await findSession(visit);
  if (session === undefined || session.award.id !== awardId) {
    return { answer: problemAnswer(visit, 'link_expired') };
  }
  if (isProved(session)) return { answer: seeOther(visit, awardsPath(desk, awardId)) };
  const recipient = await knownRecipient(desk.context, session.row.recipientId);
  if (recipient === undefined) return { answer: problemAnswer(visit, 'unknown_link') };
  const refused = await refuseSuccessor(visit, session, recipient);
  if (refused !== undefined) return { answer: refused };
  const facts = factsToAsk(desk.rules, recipient.person, firstProof(visit, session));
  return { session, recipient, facts };
}

/** How the first part was given: who was handed over needs no code, whatever the settings want of others. */
function firstProof({ desk }: Visit, { row, award }: ClaimSession): ProofKind {
  return row.provedBy === 'host' ? 'host' : proofKindOf(desk.rules, award);
}

async function factsPage(
  visit: Visit,
  { session, recipient, facts }: AskedPerson,
  problem?: ProofProblem,
): Promise<Response> {
  const here = stepPath(visit.desk, session.award.id, 'facts');
  return pageAnswer(
    visit,
    {
      page: 'facts',
      check: formTo(visit.desk, here, session.id),
      facts,
      ...(problem === undefined ? {} : { problem }),
    },
    {
      here,
      status: problem === undefined ? 200 : 422,
      personLocale: recipient.person.locale,
      cookies: problem === 'used_up' ? [await endSession(visit)] : [],
    },
  );
}
