import { type Credential, parseRedirectUri } from '@seek-pass-kit/core';
import { credentialTitle } from '../awards/credential-title.ts';
import type { ClaimPage } from '../pages/claim-page.ts';
import type { AwardRow } from '../store/rows.ts';
import { pageAnswer, problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { awardsPath, formTo, stepPath } from './claim-paths.ts';
import { type ClaimSession, findSession, holdsFor, isProved, sessionIdOf } from './claim-session.ts';
import { claimedAward } from './claimed-award.ts';
import { readForm } from './form-guard.ts';
import { askHost } from './host-word.ts';
import { refuseSuccessor } from './host-person.ts';
import { type KnownRecipient, knownRecipient } from './known-recipient.ts';
import { listedAward } from './listed-awards.ts';
import { seeOther } from './page-answers.ts';
import { languageOf } from './page-language.ts';
import type { ClaimOutcome } from './submit-claim.ts';
import { submitPatiently } from './submit-patiently.ts';

/** POST, and the only request that submits (security rule 9): adds one award of the recipient who was proved in this browser. */
export async function addAward(visit: Visit, awardId: string): Promise<Response> {
  const { desk, url } = visit;
  const { issuer, store } = desk.context;
  const form = await readForm(visit, sessionIdOf(visit));
  if ('refused' in form) return form.refused;
  const session = await findSession(visit);
  if (session === undefined || !isProved(session)) return problemAnswer(visit, 'link_expired');
  const award = session.award.id === awardId ? session.award : await store.read.award(issuer, awardId);
  if (award === undefined || !holdsFor(desk, session, award)) return problemAnswer(visit, 'unknown_link');
  const recipient = await knownRecipient(desk.context, award.recipientId);
  if (recipient === undefined) return problemAnswer(visit, 'unknown_link');

  const back = awardsPath(desk, awardId);
  const personLocale = recipient.person.locale;
  const refused = await refuseSuccessor(visit, session, recipient, award);
  if (refused !== undefined) return refused;
  if (!(await guardianAgrees(visit, award, recipient))) {
    return problemAnswer(visit, 'guardian_needed', { back, personLocale });
  }
  const again = url.searchParams.get('again') === 'yes';
  const claim = { awardId, generation: award.generation, again };
  const outcome = await submitPatiently(desk.context, claim);
  return answerTo(visit, outcome, { session, award, recipient, again });
}

interface Claimed {
  readonly session: ClaimSession;
  readonly award: AwardRow;
  readonly recipient: KnownRecipient;
  readonly again: boolean;
}

async function answerTo(visit: Visit, outcome: ClaimOutcome, claimed: Claimed): Promise<Response> {
  const { desk } = visit;
  const { session, award, recipient, again } = claimed;
  const personLocale = recipient.person.locale;
  const back = awardsPath(desk, award.id);
  const listed = (row: AwardRow) =>
    listedAward(visit, session, recipient, row, false, languageOf(visit, personLocale));
  const add = (confirmed: boolean) =>
    formTo(desk, `${stepPath(desk, award.id, 'add')}${confirmed ? '?again=yes' : ''}`, session.id);
  switch (outcome.outcome) {
    case 'redirect':
      return leaveFor(visit, outcome.redirectUri, claimed);
    case 'confirm_again': {
      // What makes it a question may have been learned from SEEK Pass just now.
      const { issuer, store } = desk.context;
      const now = (await store.read.award(issuer, award.id)) ?? award;
      const page: ClaimPage = {
        page: 'again',
        award: { ...listed(now), add: { ...add(true), again: true } },
        back,
      };
      return pageAnswer(visit, page, { personLocale });
    }
    case 'unavailable': {
      const { retryAfterMs = 30_000 } = outcome;
      return problemAnswer(visit, 'unavailable', { retry: add(again), back, retryAfterMs, personLocale });
    }
    case 'paused':
    case 'rejected':
      return problemAnswer(visit, outcome.outcome, { back, personLocale });
    case 'not_claimable':
      return whyNot(visit, award, personLocale);
  }
}

/**
 * The browser goes on by itself, without a script; the page shows until SEEK Pass answers and says what is to be done there. At once: who
 * reads slowly gets no time limit (WCAG 2.2.1), and going back leads to the awards and not to a form sent twice.
 */
function leaveFor(visit: Visit, redirectUri: string, { award, recipient }: Claimed): Response {
  const { redirectOrigin: origin, clientId, records } = visit.desk.context;
  const personLocale = recipient.person.locale;
  // What was sealed passed core's schema when it was awarded.
  const credential = records.openAward(recipient.dataKey, award).credential as Credential;
  const title = credentialTitle(credential, languageOf(visit, personLocale));
  // Core checked it; what is written into a header is checked where it is written.
  parseRedirectUri(redirectUri, { origin, clientId, flow: 'add' });
  return pageAnswer(
    visit,
    { page: 'loading', title, redirectUri },
    { headers: { refresh: `0; url=${redirectUri}` }, personLocale },
  );
}

/** The award changed since its page was shown. */
async function whyNot(visit: Visit, { id, generation }: AwardRow, personLocale?: string): Promise<Response> {
  const { issuer, store } = visit.desk.context;
  const back = awardsPath(visit.desk, id);
  const award = await store.read.award(issuer, id);
  const { linkClosure, erased } = award?.facts ?? {};
  if (erased !== undefined) return problemAnswer(visit, 'unknown_link', { personLocale });
  if (linkClosure === 'withdrawn') return problemAnswer(visit, 'withdrawn', { back, personLocale });
  // The page of all awards has the version that took its place.
  if (linkClosure === 'superseded') return seeOther(visit, back);
  if (award !== undefined && award.generation !== generation)
    return problemAnswer(visit, 'newer_link', { personLocale });
  return problemAnswer(visit, 'rejected', { back, personLocale });
}

async function guardianAgrees(
  { desk, request, connection }: Visit,
  award: AwardRow,
  recipient: KnownRecipient,
): Promise<boolean> {
  if (recipient.person.minor !== true) return true;
  const { guardian } = desk.rules;
  if (guardian === undefined) return false;
  const claimed = claimedAward(desk.context, recipient, award);
  const { clock } = desk.context;
  const word: unknown = await askHost('guardian', clock, () => guardian(request, claimed, connection));
  return word === true;
}
