import { formFields } from '../pages/claim-page.ts';
import { problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { claimLimits, countFailure, failuresLeft } from './claim-limits.ts';
import { awardsPath, stepPath } from './claim-paths.ts';
import { newSession } from './claim-session.ts';
import { bindingOf, codePage, tooMany } from './code-step.ts';
import { readForm } from './form-guard.ts';
import { isHostPerson } from './host-person.ts';
import { factsToAsk } from './known-facts.ts';
import { type KnownRecipient, knownRecipient } from './known-recipient.ts';
import { codeLifeMs, isCode, typedCode } from './mailed-code.ts';
import { type OpenedAward, openedAward, passCookiePrefix, passOf } from './opened-link.ts';
import { seeOther } from './page-answers.ts';
import { type ProofKind, proofKindOf } from './proof-kind.ts';

/** POST: proves the recipient of the opened award, or says that this did not. */
export async function prove(visit: Visit, awardId: string): Promise<Response> {
  const { desk } = visit;
  const held = passOf(visit, awardId);
  const form = await readForm(visit, held?.browser);
  if ('refused' in form) return form.refused;
  const opened = await openedAward(visit, held);
  if ('refused' in opened) return opened.refused;
  const { award } = opened;
  const recipient = await knownRecipient(desk.context, award.recipientId);
  if (recipient === undefined) return problemAnswer(visit, 'unknown_link');

  const kind = proofKindOf(desk.rules, award);
  if (kind === 'email-code') {
    return proveByCode(visit, opened, recipient, form.fields.get(formFields.code) ?? '');
  }
  if (kind === 'host' && !(await isHostPerson(visit, recipient.row))) {
    return problemAnswer(visit, 'wrong_person');
  }
  const proved = provedNow(visit, opened, recipient, kind);
  await desk.context.store.transaction(proved.session.put);
  return proved.answer();
}

async function proveByCode(
  visit: Visit,
  opened: OpenedAward,
  recipient: KnownRecipient,
  typed: string,
): Promise<Response> {
  const { context, secrets } = visit.desk;
  const { award, pass } = opened;
  const failures = await failuresLeft(context, award);
  if (failures.left === 0) return tooMany(visit, failures.waitMs);
  const code = typedCode(typed);
  // Not eight digits: nothing was guessed, and nothing is counted.
  if (code === undefined) return codePage(visit, pass, 'wrong');
  const proved = provedNow(visit, opened, recipient, 'email-code');

  const { issuer, store, clock } = context;
  const { triesPerCode } = claimLimits;
  const binding = bindingOf(award, recipient.row, pass);
  const outcome = await store.transaction(async (tx) => {
    const { sessionHash } = binding;
    const stored = await tx.tryClaimCode(issuer, award.id, sessionHash, triesPerCode, clock.now());
    if (stored === undefined) return 'none';
    if (!isCode(secrets, binding, code, stored.codeHash)) {
      return stored.tries + 1 < triesPerCode ? 'wrong' : 'used_up';
    }
    await tx.deleteClaimCode(issuer, award.id);
    await proved.session.put(tx);
    return 'right';
  });
  if (outcome === 'right') return proved.answer();
  if (outcome === 'none') {
    const { codeMailedAt = 0 } = pass;
    return codePage(visit, pass, clock.now() - codeMailedAt < codeLifeMs ? 'used_up' : 'expired');
  }
  await countFailure(context, award);
  return codePage(visit, pass, outcome);
}

/** The session after a proof, and the answer to it. */
function provedNow(
  visit: Visit,
  { award, pass }: OpenedAward,
  recipient: KnownRecipient,
  provedBy: ProofKind,
) {
  const { desk } = visit;
  const pending = factsToAsk(desk.rules, recipient.person, provedBy).length > 0;
  const session = newSession(visit, { award, generation: pass.generation, provedBy, pending });
  const path = pending ? stepPath(desk, award.id, 'facts') : awardsPath(desk, award.id);
  const passOver = { name: passCookiePrefix + award.id, maxAgeSeconds: 0 };
  return { session, answer: () => seeOther(visit, path, [session.cookie, passOver]) };
}
