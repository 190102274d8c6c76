import type { Credential } from '@seek-pass-kit/core';
import { type AwardState, isHeld, standingOf } from '../awards/award-facts.ts';
import { credentialTitle } from '../awards/credential-title.ts';
import type { Locale } from '../languages/locale.ts';
import type { ListedAward } from '../pages/claim-page.ts';
import type { AwardRow } from '../store/rows.ts';
import type { Visit } from './claim-desk.ts';
import { formTo, stepPath } from './claim-paths.ts';
import { type ClaimSession, holdsFor } from './claim-session.ts';
import type { KnownRecipient } from './known-recipient.ts';

/**
 * The awards that a proved recipient sees: the newest version of each that the proof holds for, the opened one first and then the
 * youngest.
 */
export async function listedAwards(
  visit: Visit,
  session: ClaimSession,
  recipient: KnownRecipient,
  all: readonly AwardRow[],
  openedId: string,
  locale: Locale,
): Promise<ListedAward[]> {
  const { issuer, store, clock } = visit.desk.context;
  const shown = newestVersions(all)
    .filter((award) => holdsFor(visit.desk, session, award) && award.facts.linkClosure !== 'superseded')
    .sort((a, b) => Number(b.id === openedId) - Number(a.id === openedId) || b.createdAt - a.createdAt);
  const types = [...new Set(shown.map(({ credentialType }) => credentialType))];
  const stops = await Promise.all(types.map((type) => store.read.isStopped(issuer, type)));
  const stopped = new Set(types.filter((_, at) => stops[at]));
  const isPaused = ({ facts, credentialType }: AwardRow) =>
    stopped.has(credentialType) || isHeld(facts, clock.now());
  return shown.map((award) => listedAward(visit, session, recipient, award, isPaused(award), locale));
}

/** One award as its proved recipient sees it, with the form that adds it where it can be added. */
export function listedAward(
  { desk }: Visit,
  session: ClaimSession,
  { dataKey }: KnownRecipient,
  award: AwardRow,
  paused: boolean,
  locale: Locale,
): ListedAward {
  // What was sealed passed core's schema when it was awarded.
  const credential = desk.context.records.openAward(dataKey, award).credential as Credential;
  const date = dateOf(credential);
  const { standing, add } = shownAs[standingOf(award.facts).state];
  const waiting = paused && (standing === 'ready' || standing === 'started');
  const form = formTo(desk, stepPath(desk, award.id, 'add'), session.id);
  return {
    title: credentialTitle(credential, locale),
    fullName: credential.fields.full_name,
    issuerName: issuerOf(credential) ?? desk.context.brand.name,
    ...(date === undefined ? {} : { date }),
    standing: waiting ? 'paused' : standing,
    ...(add === undefined || paused ? {} : { add: { ...form, again: add === 'again' } }),
  };
}

interface ShownAs {
  readonly standing: ListedAward['standing'];
  readonly add?: 'first' | 'again';
}

/** What learners are told of each state. */
export const shownAs: Readonly<Record<AwardState, ShownAs>> = {
  ready: { standing: 'ready', add: 'first' },
  submitted: { standing: 'started', add: 'first' },
  added: { standing: 'added', add: 'again' },
  declined: { standing: 'declined', add: 'again' },
  closed: { standing: 'closed', add: 'again' },
  rejected: { standing: 'needs_mending' },
  withdrawn: { standing: 'withdrawn' },
  superseded: { standing: 'withdrawn' },
  erased: { standing: 'withdrawn' },
};

function newestVersions(awards: readonly AwardRow[]): AwardRow[] {
  const newest = new Map<string, AwardRow>();
  for (const award of awards) {
    const key = Buffer.from(award.keyHash).toString('hex');
    if (award.version > (newest.get(key)?.version ?? 0)) newest.set(key, award);
  }
  return [...newest.values()];
}

function issuerOf(credential: Credential): string | undefined {
  switch (credential.credential_type) {
    case 'education':
      return credential.fields.education_provider;
    case 'english_proficiency':
      return credential.fields.test_provider;
    case 'microcredential':
    case 'universal_credential':
      return credential.fields.issuer_name;
    default:
      return undefined;
  }
}

/** `YYYY-MM-DD`. A degree has a year only. */
function dateOf(credential: Credential): string | undefined {
  switch (credential.credential_type) {
    case 'english_proficiency':
      return credential.fields.completion_date;
    case 'microcredential':
      return credential.fields.issue_date;
    default:
      return undefined;
  }
}
