import { ConfigurationError } from '@seek-pass-kit/core';
import { isMailbox } from '../awards/mailbox.ts';
import { emailHash, subjectHash } from '../awards/recipient-identity.ts';
import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import type { StoreReads } from '../store/ports.ts';
import type { RecipientRow } from '../store/rows.ts';

/**
 * Whom an erasure, a hold or a suppression is about.
 *
 * - `email`: everybody at this mailbox. Two people may share one.
 * - `subject`: the person whom the host knows by this stable id, at whatever address.
 * - `key`: whoever has the award of this business key in its newest version, and what else is theirs by the same subject.
 */
export type Whose = { readonly email: string } | { readonly subject: string } | { readonly key: string };

/** What somebody is named by. */
export function kindOf(of: Whose): 'email' | 'subject' | 'key' {
  if ('email' in of) return 'email';
  return 'subject' in of ? 'subject' : 'key';
}

/**
 * What somebody is found by: the keyed hash of an address, a subject or a business key.
 *
 * @throws {ConfigurationError} `invalid_configuration` when it cannot be an address, or is empty: it would find nobody in silence.
 */
export function hashOf(context: FlowContext, of: Whose): Uint8Array {
  if ('email' in of) {
    if (isMailbox(of.email)) return emailHash(context, of.email);
    throw new ConfigurationError('The address is not one plain mailbox: write it like lan@example.edu.');
  }
  const [name, text] = 'subject' in of ? ['subject', of.subject] : ['key', of.key];
  if (text === '') throw new ConfigurationError(`The ${name} is empty: give the one of the person.`);
  const { lookupKey, issuer } = context;
  return 'subject' in of ? subjectHash(context, text) : lookupHash(lookupKey, issuer, 'business_key', text);
}

/** The rows of these people; records of erased ones are found by key only. */
export async function findPeople(
  context: FlowContext,
  reads: StoreReads,
  of: Whose,
): Promise<RecipientRow[]> {
  const { issuer } = context;
  const hash = hashOf(context, of);
  if ('subject' in of) return reads.recipientsBySubject(issuer, hash);
  if ('email' in of) return withSameSubject(context, reads, await reads.recipientsByEmail(issuer, [hash]));
  const [award] = await reads.awardsByKey(issuer, [hash]);
  const holder = award === undefined ? undefined : await reads.recipient(issuer, award.recipientId);
  return holder === undefined ? [] : withSameSubject(context, reads, [holder]);
}

/** Rows that hold records of former versions of this key and that nobody belongs to any more: only the key leads there. */
export async function formerRecords(
  context: FlowContext,
  reads: StoreReads,
  of: { readonly key: string },
  found: readonly RecipientRow[],
): Promise<RecipientRow[]> {
  const { issuer } = context;
  const ids = new Set(found.map(({ id }) => id));
  const records: RecipientRow[] = [];
  for (const { recipientId } of await reads.awardVersions(issuer, hashOf(context, of))) {
    if (ids.has(recipientId)) continue;
    ids.add(recipientId);
    const row = await reads.recipient(issuer, recipientId);
    if (row !== undefined && row.sealedPerson.length === 0) records.push(row);
  }
  return records;
}

/** The host says by its subject that they are all one person: then what this person has at other addresses is meant too. */
async function withSameSubject(
  { issuer }: FlowContext,
  reads: StoreReads,
  rows: readonly RecipientRow[],
): Promise<RecipientRow[]> {
  const subjects = new Map(rows.map(({ subjectHash: hash }) => [hash === null ? '' : nameOf(hash), hash]));
  const [subject] = subjects.values();
  const more =
    subjects.size === 1 && subject !== undefined && subject !== null
      ? await reads.recipientsBySubject(issuer, subject)
      : [];
  return [...new Map([...rows, ...more].map((row) => [row.id, row])).values()];
}

function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}
