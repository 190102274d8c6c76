import { createHash } from 'node:crypto';
import { mailCode } from '../mail/mail-code.ts';
import type { ProofProblem } from '../pages/claim-page.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import { pageAnswer, problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { claimLimits, failuresLeft, takeCodeMail } from './claim-limits.ts';
import { formTo, startPath, stepPath } from './claim-paths.ts';
import { readForm } from './form-guard.ts';
import { type KnownRecipient, knownRecipient } from './known-recipient.ts';
import type { LinkPass } from './link-pass.ts';
import { type CodeBinding, codeHash, codeLifeMs, newCode } from './mailed-code.ts';
import { openedAward, passCookie, passOf } from './opened-link.ts';
import { seeOther } from './page-answers.ts';
import { proofKindOf } from './proof-kind.ts';
import { visitorNetwork } from './visitor-network.ts';

/** POST: mails a code to the recipient's mailbox, which replaces every earlier one of the award. */
export async function sendCode(visit: Visit, awardId: string): Promise<Response> {
  const { desk } = visit;
  const held = passOf(visit, awardId);
  const form = await readForm(visit, held?.browser);
  if ('refused' in form) return form.refused;
  const opened = await openedAward(visit, held);
  if ('refused' in opened) return opened.refused;
  const { award, pass } = opened;
  if (proofKindOf(desk.rules, award) !== 'email-code') return seeOther(visit, startPath(desk, awardId));
  const recipient = await knownRecipient(desk.context, award.recipientId);
  if (recipient === undefined) return problemAnswer(visit, 'unknown_link');

  const failures = await failuresLeft(desk.context, award);
  if (failures.left === 0) return tooMany(visit, failures.waitMs);
  const place = await takeCodeMail(desk.context, recipient.row, visitorNetwork(visit));
  const retry = formTo(desk, stepPath(desk, awardId, 'code'), pass.browser);
  if (!place.allowed) return problemAnswer(visit, 'too_many', { retry, retryAfterMs: place.waitMs });

  const outcome = await storeAndMail(visit, award, recipient, pass, failures.left);
  if (outcome === 'refused') return problemAnswer(visit, 'mail_failed');
  if (outcome === 'try_later') return problemAnswer(visit, 'mail_failed', { retry, retryAfterMs: 60_000 });
  const now = desk.context.clock.now();
  const cookie = passCookie(visit, { ...pass, issuedAt: now, codeMailedAt: now });
  return seeOther(visit, stepPath(desk, awardId, 'code'), [cookie]);
}

/** GET: the form for the code that was mailed. */
export async function codeStep(visit: Visit, awardId: string): Promise<Response> {
  const opened = await openedAward(visit, passOf(visit, awardId));
  if ('refused' in opened) return opened.refused;
  const { pass } = opened;
  if (pass.codeMailedAt === undefined) return seeOther(visit, startPath(visit.desk, awardId));
  return codePage(visit, pass);
}

/** The form for a code. */
export function codePage(visit: Visit, pass: LinkPass, problem?: ProofProblem): Response {
  const { desk } = visit;
  const here = stepPath(desk, pass.awardId, 'code');
  return pageAnswer(
    visit,
    {
      page: 'code',
      check: formTo(desk, stepPath(desk, pass.awardId, 'proof'), pass.browser),
      resend: formTo(desk, here, pass.browser),
      minutes: codeLifeMs / 60_000,
      ...(problem === undefined ? {} : { problem }),
    },
    { here, status: problem === undefined ? 200 : 422 },
  );
}

/** The answer to somebody who used up the tries of an award: of today, or of this link. */
export function tooMany(visit: Visit, waitMs: number): Response {
  return problemAnswer(visit, 'too_many', Number.isFinite(waitMs) ? { retryAfterMs: waitMs } : {});
}

/** What a code in this browser is bound to. */
export function bindingOf(
  { issuer, id: awardId }: Pick<AwardRow, 'issuer' | 'id'>,
  { emailHash }: Pick<RecipientRow, 'emailHash'>,
  { browser }: LinkPass,
): CodeBinding {
  return { issuer, awardId, emailHash, sessionHash: createHash('sha256').update(browser).digest() };
}

async function storeAndMail(
  { desk }: Visit,
  award: AwardRow,
  { row, person }: KnownRecipient,
  pass: LinkPass,
  failuresStillAllowed: number,
) {
  const { context, secrets } = desk;
  const code = newCode();
  const binding = bindingOf(award, row, pass);
  // Tries that the award has not left any more count as used: no guess in parallel gets past the limit of the day.
  const tries = Math.max(0, claimLimits.triesPerCode - failuresStillAllowed);
  await context.store.transaction((tx) =>
    tx.putClaimCode({
      ...binding,
      codeHash: codeHash(secrets, binding, code),
      tries,
      expiresAt: context.clock.now() + codeLifeMs,
    }),
  );
  return mailCode(context, {
    person,
    recipientId: row.id,
    awardId: award.id,
    code,
    minutes: codeLifeMs / 60_000,
  });
}
