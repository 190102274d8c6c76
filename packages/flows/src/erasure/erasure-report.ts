import type { AwardState } from '../awards/award-facts.ts';
import type { ErasureStanding } from './erasure-standing.ts';
import type { HoldReason } from './erasure-reasons.ts';

/** What was removed, in numbers of rows. */
export interface RemovedData {
  /** Addresses, names, subjects, known facts: one for each recipient on record. */
  readonly recipients: number;
  /** What awards hold; none, unless everything was erased. */
  readonly awardContents: number;
  /** Lines in the list of what was mailed. */
  readonly mails: number;
  /** Notes that an address gets no mail, or no reminders. */
  readonly mutes: number;
  readonly claimSessions: number;
  /** Files that were handed over with awards. */
  readonly documents: number;
  /** Results of the verify flow, wiped. Their decisions are kept. */
  readonly verifications: number;
}

/**
 * What is still there, and why.
 *
 * - `award_record`: the name as awarded, the credential, its dates. The institution has to keep it.
 * - `award_trace`: that there was an award under its key, of which kind, when and what became of it, without what it held.
 * - `history`: who did what when, without anything personal. It is evidence, and cannot be changed.
 * - `suppression`: keyed hashes, so that no later import awards it again.
 * - `open_submission`: SEEK Pass has it and the person can still finish there; its id is asked about to its end.
 * - `wallet_copy`: it is the person's own, and nothing of ours can take it out.
 * - `others_at_address`: somebody else shares the mailbox.
 */
export interface KeptData {
  readonly what:
    | 'award_record'
    | 'award_trace'
    | 'history'
    | 'suppression'
    | 'open_submission'
    | 'wallet_copy'
    | 'others_at_address';
  readonly why:
    | 'retention_duty'
    | 'proof_of_erasure'
    | 'audit_trail'
    | 'stops_later_imports'
    | 'ends_by_itself'
    | 'cannot_be_recalled'
    | 'other_person';
  readonly count: number;
}

/** An award of somebody who is erased. */
export interface ErasedAward {
  readonly awardId: string;
  /** Its business key with the middle left out; absent when it cannot be read any more. */
  readonly maskedKey?: string;
  readonly credentialType: string;
  readonly version: number;
  /** Before the erasure. */
  readonly state: AwardState;
}

/** A hold that is in the way. */
export interface HoldInTheWay {
  readonly on: 'email' | 'subject' | 'key';
  readonly reason: HoldReason;
  readonly at: number;
  readonly who: string;
}

/**
 * What an erasure did, or, as `would_erase`, would do.
 *
 * - `nothing_found`: there is nobody like this. By address nobody is found a second time.
 * - `already_erased`: by this key there is only the record of an award left, or less; to destroy that too, erase everything.
 * - `held`: nothing was done, because of these holds.
 */
export type ErasureReport =
  | { readonly outcome: 'nothing_found' | 'already_erased' }
  | { readonly outcome: 'held'; readonly holds: readonly HoldInTheWay[] }
  | {
      readonly outcome: 'erased' | 'would_erase';
      /** Names this erasure in the audit trail, in the history of its awards, and in the list of erasures. */
      readonly erasureId: string;
      readonly awards: readonly ErasedAward[];
      readonly removed: RemovedData;
      readonly kept: readonly KeptData[];
      readonly standing: ErasureStanding;
    };

/** A business key with its middle left out: who knows it recognises it, and nobody else learns it from a screen or a log. */
export function maskedKey(key: string): string {
  const letters = Array.from(key);
  const shown = Math.min(3, Math.floor(letters.length / 4));
  return `${letters.slice(0, shown).join('')}…${letters.slice(letters.length - shown).join('')}`;
}
