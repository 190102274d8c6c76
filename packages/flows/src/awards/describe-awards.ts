import type { Credential, CredentialType } from '@seek-pass-kit/core';
import type { FlowContext } from '../flow-context.ts';
import { nearestLocale } from '../languages/choose-locale.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import { credentialTitle } from './credential-title.ts';
import { openAward } from './open-award.ts';

/** What an award is about, opened for a member of staff. Personal: show it to those only who may see it, and log none of it. */
export interface AwardDescription {
  readonly awardId: string;
  /** The host's own name of the award. */
  readonly key: string;
  readonly credentialType: CredentialType;
  /** What it is called: the course, the test, the licence. */
  readonly title: string;
  /** Whose it is. Absent when the record is kept and nobody belongs to it any more. */
  readonly recipient?: { readonly fullName: string; readonly email: string };
}

/** The most awards that are opened at once. */
const mostAtOnce = 1_000;

/**
 * Opens awards of one page of a list, by their ids. Those of people who were erased, and ids of no award, are left out.
 * `locale`: of titles of kinds that have no name of their own; default: the issuer's.
 *
 * @throws {RangeError} for more than 1,000 ids.
 */
export async function describeAwards(
  context: FlowContext,
  awardIds: readonly string[],
  { locale = context.defaultLocale }: { readonly locale?: string } = {},
): Promise<ReadonlyMap<string, AwardDescription>> {
  if (awardIds.length > mostAtOnce) throw new RangeError(`Describe at most ${mostAtOnce} awards at once.`);
  const { issuer, store } = context;
  const found = await Promise.all(awardIds.map((id) => store.read.award(issuer, id)));
  const awards = found.filter((award) => award !== undefined);
  const people = [...new Set(awards.map(({ recipientId }) => recipientId))];
  const rows = await Promise.all(people.map((id) => store.read.recipient(issuer, id)));
  const recipients = new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row]])));
  const described = await Promise.all(
    awards.map((award) => describe(context, award, recipients.get(award.recipientId), locale)),
  );
  return new Map(described.flatMap((one) => (one === undefined ? [] : [[one.awardId, one]])));
}

async function describe(
  context: FlowContext,
  award: AwardRow,
  recipient: RecipientRow | undefined,
  locale: string,
): Promise<AwardDescription | undefined> {
  const content = await openAward(context, recipient, award);
  if (content === undefined || recipient === undefined) return undefined;
  // What was sealed passed core's schema when it was awarded.
  const credential = content.credential as Credential;
  const { records } = context;
  const person =
    recipient.sealedPerson.length === 0
      ? undefined
      : records.openPerson(await records.dataKeyOf(recipient), recipient);
  return {
    awardId: award.id,
    key: content.key,
    credentialType: credential.credential_type,
    title: credentialTitle(credential, nearestLocale(locale) ?? 'en'),
    ...(person === undefined ? {} : { recipient: { fullName: person.fullName, email: person.email } }),
  };
}
