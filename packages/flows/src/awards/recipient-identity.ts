import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import { normalMailbox } from './mailbox.ts';
import type { Recipient } from './recipient.ts';

/** What an address is found by. */
export function emailHash({ lookupKey, issuer }: LookupContext, email: string): Uint8Array {
  return lookupHash(lookupKey, issuer, 'email', normalMailbox(email));
}

/** What the host's own id of a person is found by. */
export function subjectHash({ lookupKey, issuer }: LookupContext, subject: string): Uint8Array {
  return lookupHash(lookupKey, issuer, 'subject', subject);
}

/**
 * The id of a recipient's row, made from who it is: mailbox, name and the host's subject id together. Two people who
 * share a mailbox are two recipients, and two imports at the same time cannot make two rows of one person. A changed
 * address or name is another recipient: a row never changes who it is.
 */
export function recipientId({ lookupKey, issuer }: LookupContext, person: Recipient): string {
  const who = [normalMailbox(person.email), person.fullName.normalize('NFC'), person.subject ?? null];
  const hash = lookupHash(lookupKey, issuer, 'person', JSON.stringify(who));
  return Buffer.from(hash.buffer, hash.byteOffset, 16).toString('base64url');
}

/** A person with what their row is named and found by; made once for all that is done with it. */
export interface IdentifiedPerson {
  readonly person: Recipient;
  readonly id: string;
  readonly emailHash: Uint8Array;
}

/** Names a person. */
export function identify(context: LookupContext, person: Recipient): IdentifiedPerson {
  return { person, id: recipientId(context, person), emailHash: emailHash(context, person.email) };
}

/** Everything that a person is recognised by once they were erased: the whole person, the mailbox, the host's id. */
export function hashesOfPerson(
  context: LookupContext,
  { id, person, emailHash: address }: IdentifiedPerson,
): Uint8Array[] {
  const { subject } = person;
  return [personHash(id), address, ...(subject === undefined ? [] : [subjectHash(context, subject)])];
}

/** A recipient's id as the hash that it is. */
export function personHash(id: string): Uint8Array {
  return Buffer.from(id, 'base64url');
}

type LookupContext = Pick<FlowContext, 'lookupKey' | 'issuer'>;
