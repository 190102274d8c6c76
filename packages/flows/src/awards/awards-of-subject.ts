import { ConfigurationError, type Credential, type CredentialType } from '@seek-pass-kit/core';
import { type KnownRecipient, knownRecipient } from '../claims/known-recipient.ts';
import { shownAs } from '../claims/listed-awards.ts';
import type { FlowContext } from '../flow-context.ts';
import { nearestLocale } from '../languages/choose-locale.ts';
import type { Locale } from '../languages/locale.ts';
import { standingWords } from '../pages/standing-words.ts';
import type { AwardRow } from '../store/rows.ts';
import { type AwardStanding, claimability, isHeld, standingOf } from './award-facts.ts';
import { credentialTitle } from './credential-title.ts';
import { subjectHash } from './recipient-identity.ts';

/** One award as the person who has it may see it in the host. */
export interface AwardOfSubject extends AwardStanding {
  readonly awardId: string;
  /** The host's own name of the award. */
  readonly key: string;
  readonly credentialType: CredentialType;
  /** What it is called: the course, the test, the licence. */
  readonly title: string;
  /** Where it stands, in the words of the claim pages. */
  readonly stateText: string;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /**
   * Whether its page lets the person add it now. `again`: it was added, declined or closed before, and the page asks first. `not_now`: issuing is
   * stopped, or the recipient was changed less than 24 hours ago. `no`: withdrawn, or it has to be corrected.
   */
  readonly mayAdd: 'yes' | 'again' | 'not_now' | 'no';
}

/** Which awards to give. */
export interface AwardsOfSubjectOptions {
  /** From 1 to 200. Default 50. */
  readonly limit?: number;
  /** Of `stateText`, and of titles of kinds that have no name of their own. Default: the issuer's. */
  readonly locale?: string;
}

/**
 * What somebody has, newest first, in its newest versions. `subject` is the host's own stable id, of whoever the host has signed in: never take
 * it from what a browser sent.
 *
 * @throws {ConfigurationError} `invalid_configuration` for an empty subject, or a limit out of bounds.
 */
export async function awardsOfSubject(
  context: FlowContext,
  subject: string,
  { limit = 50, locale = context.defaultLocale }: AwardsOfSubjectOptions = {},
): Promise<AwardOfSubject[]> {
  if (typeof subject !== 'string' || subject === '') {
    throw new ConfigurationError('The subject is empty: give the id of the person who is signed in.');
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    throw new ConfigurationError('limit must be a whole number from 1 to 200.');
  }
  const { issuer, store } = context;
  const awards = await store.read.awardsOfSubject(issuer, subjectHash(context, subject), limit);
  const [recipients, stopped] = await Promise.all([
    recipientsOf(context, awards),
    stoppedAmong(context, awards),
  ]);
  const inLocale = nearestLocale(locale) ?? 'en';
  return awards.flatMap((award) => {
    const recipient = recipients.get(award.recipientId);
    // Without a recipient it was erased since the awards were read.
    return recipient === undefined ? [] : [seenBy(context, recipient, award, stopped, inLocale)];
  });
}

function seenBy(
  { records, clock, brand }: FlowContext,
  { dataKey }: KnownRecipient,
  award: AwardRow,
  stopped: ReadonlySet<string>,
  locale: Locale,
): AwardOfSubject {
  const content = records.openAward(dataKey, award);
  // What was sealed passed core's schema when it was awarded.
  const credential = content.credential as Credential;
  const may = claimability(award.facts);
  const standing = standingOf(award.facts);
  const waits = stopped.has(award.credentialType) || isHeld(award.facts, clock.now());
  const mayAdd = may !== 'no' && waits ? 'not_now' : may;
  const shown = mayAdd === 'not_now' && may === 'yes' ? 'paused' : shownAs[standing.state].standing;
  return {
    awardId: award.id,
    key: content.key,
    credentialType: credential.credential_type,
    title: credentialTitle(credential, locale),
    createdAt: award.createdAt,
    ...standing,
    stateText: standingWords(shown, brand, locale),
    mayAdd,
  };
}

/** Each is opened once, however many awards are theirs. */
async function recipientsOf(
  context: FlowContext,
  awards: readonly AwardRow[],
): Promise<ReadonlyMap<string, KnownRecipient>> {
  const ids = [...new Set(awards.map(({ recipientId }) => recipientId))];
  const known = await Promise.all(ids.map((id) => knownRecipient(context, id)));
  return new Map(
    known.flatMap((recipient) => (recipient === undefined ? [] : [[recipient.row.id, recipient]])),
  );
}

async function stoppedAmong(
  { issuer, store }: FlowContext,
  awards: readonly AwardRow[],
): Promise<ReadonlySet<string>> {
  const types = [...new Set(awards.map(({ credentialType }) => credentialType))];
  const stops = await Promise.all(types.map((type) => store.read.isStopped(issuer, type)));
  return new Set(types.filter((_, at) => stops[at]));
}
