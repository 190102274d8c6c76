import type { Recipient } from '../awards/recipient.ts';
import type { StoreReads, StoreTransaction } from '../store/ports.ts';
import type { AwardRow, MailRow } from '../store/rows.ts';
import type { Letter } from './letter/letter.ts';
import type { MailIdentity, MailKind } from './mail-identity.ts';

/** An award and what its credential is called in the language of its recipient. */
export interface NamedAward {
  readonly award: AwardRow;
  readonly title: string;
}

/** A letter and the headers of ours that go with it. */
export interface Written {
  readonly letter: Letter;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a mail is about now: awards, the one it leads to first; none, so nothing is left to say; or not before some time. */
export type Choice = readonly AwardRow[] | { readonly notBefore: number };

/** One mail to be sent: who gets it, what it is about, and how it is written. */
export interface Delivery extends MailIdentity {
  readonly kind: MailKind;
  readonly recipientId: string;
  /** Asked right before it is sent, so that nobody is mailed about what was claimed or withdrawn meanwhile. `row`: the intent, once stored. */
  choose(reads: StoreReads, row: MailRow | undefined): Promise<Choice>;
  write(person: Recipient, awards: readonly NamedAward[]): Written;
  /** What follows from its acceptance, in the same transaction. */
  sent?(tx: StoreTransaction, row: MailRow): Promise<void>;
}
