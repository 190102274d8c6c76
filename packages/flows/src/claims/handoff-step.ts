import { timingSafeEqual } from 'node:crypto';
import { pageAnswer, problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { awardsPath, formTo, handoffPath, stepPath } from './claim-paths.ts';
import { newSession } from './claim-session.ts';
import { claimedAward } from './claimed-award.ts';
import { readForm } from './form-guard.ts';
import { handoffLifeMs, hashOfSecret, isHandoffSecret } from './handoff.ts';
import { askHost } from './host-word.ts';
import { factsToAsk } from './known-facts.ts';
import { type KnownRecipient, knownRecipient } from './known-recipient.ts';
import { sentGeneration } from './link-pass.ts';
import { seeOther } from './page-answers.ts';
import type { AwardRow } from '../store/rows.ts';

/** The cookie that holds the secret of a handoff until its form is sent. */
const cookieName = 'claim-handoff';
const noCookie = { name: cookieName, maxAgeSeconds: 0 };

/** GET of the address itself: keeps its secret in a cookie and leads to an address without it. It changes nothing, and asks nobody. */
export async function openHandoff(visit: Visit, secret: string): Promise<Response> {
  if (visit.desk.rules.handoff === undefined || !isHandoffSecret(secret)) {
    return problemAnswer(visit, 'unknown_link');
  }
  const cookie = { name: cookieName, value: secret, maxAgeSeconds: handoffLifeMs / 1_000 };
  return seeOther(visit, handoffPath(visit.desk), [cookie]);
}

/** GET: the page with the button that goes on. Whether the handoff is good is said by its POST alone. */
export async function handoffStep(visit: Visit): Promise<Response> {
  const { desk } = visit;
  if (desk.rules.handoff === undefined) return problemAnswer(visit, 'unknown_link');
  const secret = heldSecret(visit);
  if (secret === undefined) return problemAnswer(visit, 'handoff_over');
  const here = handoffPath(desk);
  return pageAnswer(visit, { page: 'start', send: formTo(desk, here, secret), withoutCode: true }, { here });
}

/** POST: takes the handoff, which proves its person in this browser. */
export async function takeHandoff(visit: Visit): Promise<Response> {
  const { desk } = visit;
  const { handoff } = desk.rules;
  if (handoff === undefined) return problemAnswer(visit, 'unknown_link');
  const { issuer, store, clock } = desk.context;
  const secret = heldSecret(visit);
  if (secret === undefined) return problemAnswer(visit, 'handoff_over');
  const form = await readForm(visit, secret);
  if ('refused' in form) return form.refused;
  const over = () => problemAnswer(visit, 'handoff_over', { cookies: [noCookie] });
  const row = await handoff.handoffs.take(issuer, hashOfSecret(secret));
  if (row === undefined || row.expiresAt <= clock.now()) return over();
  const award = await store.read.award(issuer, row.awardId);
  const recipient = award === undefined ? undefined : await knownRecipient(desk.context, award.recipientId);
  const stored = recipient?.row.subjectHash ?? null;
  if (award === undefined || recipient === undefined || stored === null) return over();
  const theirs = timingSafeEqual(stored, row.subjectHash) && (await mayClaim(visit, recipient, award));
  if (!theirs) return problemAnswer(visit, 'wrong_person', { cookies: [noCookie] });

  const pending = factsToAsk(desk.rules, recipient.person, 'host').length > 0;
  const generation = sentGeneration(award);
  const session = newSession(visit, { award, generation, provedBy: 'host', pending });
  await store.transaction(session.put);
  const path = pending ? stepPath(desk, award.id, 'facts') : awardsPath(desk, award.id);
  return seeOther(visit, path, [session.cookie, noCookie]);
}

/**
 * Whether somebody who was handed over may claim this award right now, as the host says.
 *
 * @throws {HostFailure} when it throws, or says nothing for ten seconds.
 */
export async function mayClaim(
  { desk }: Visit,
  recipient: KnownRecipient,
  award: AwardRow,
): Promise<boolean> {
  const { handoff } = desk.rules;
  if (handoff === undefined) return false;
  const claimed = claimedAward(desk.context, recipient, award);
  const word: unknown = await askHost('handoff.mayClaim', desk.context.clock, () =>
    handoff.mayClaim(claimed),
  );
  return word === true;
}

function heldSecret({ desk, request }: Visit): string | undefined {
  const secret = desk.cookies.read(request, cookieName);
  return secret !== undefined && isHandoffSecret(secret) ? secret : undefined;
}
