/**
 * What a store keeps. Everything personal is sealed before it comes here (see keys/): a store never sees clear text,
 * and looks things up by keyed hash. Times are milliseconds since the epoch; every row belongs to one issuer.
 */

import type { AwardFacts } from '../awards/award-facts.ts';
import type { SubmissionOutcome } from '../awards/submission-outcome.ts';

/** One institution with its own SEEK Pass client, and what its stored data is bound to. */
export interface IssuerRow {
  readonly issuer: string;
  readonly clientId: string;
  /** Of the submission-id namespace and of the claim key; a different one at the start stops it. */
  readonly namespaceFingerprint: string;
  readonly claimKeyFingerprint: string;
}

export interface RecipientRow {
  readonly issuer: string;
  readonly id: string;
  /** 32 bytes, see lookupHash. */
  readonly emailHash: Uint8Array;
  readonly subjectHash: Uint8Array | null;
  /** The recipient's own data key, wrapped with the key named `keyId`; `null` once erased. */
  readonly wrappedKey: Uint8Array | null;
  readonly keyId: string;
  /** Name, e-mail, locale, ids: sealed with the recipient's key. Empty once erased: then the row is that of records nobody belongs to. */
  readonly sealedPerson: Uint8Array;
  readonly createdAt: number;
}

export interface AwardRow {
  readonly issuer: string;
  /** Public: it stands in the claim link. 128 random bits. */
  readonly id: string;
  readonly keyHash: Uint8Array;
  /** Counts from 1; a corrected award is a new row with the next version. */
  readonly version: number;
  readonly recipientId: string;
  readonly credentialType: string;
  /** What reports count it under: a keyed hash of what it was given for. `null`: it was stored before there were reports. */
  readonly course: string | null;
  /** Of the claim link, counts from 1. */
  readonly generation: number;
  readonly facts: AwardFacts;
  /** Business key and credential: sealed with the recipient's key. */
  readonly sealedCredential: Uint8Array;
  /** Keyed hash of the credential: tells "unchanged" without opening it. */
  readonly payloadHash: Uint8Array;
  readonly createdAt: number;
  /** Raised by every change; an update with an older one is refused. */
  readonly revision: number;
}

/** One add request at SEEK Pass. Stored before the POST, so that a crash never forgets that it may have gone out. */
export interface SubmissionRow {
  readonly issuer: string;
  /** The `id` we send. */
  readonly id: string;
  readonly awardId: string;
  /** Counts from 1. */
  readonly attempt: number;
  readonly payloadHash: Uint8Array;
  /** When the row was stored; by SEEK Pass's clock. The 48 hours are judged from here, the safe side. */
  readonly submittedAt: number;
  /** Whether SEEK Pass answered the POST. */
  readonly acknowledged: boolean;
  readonly outcome: SubmissionOutcome;
  readonly lastAskedAt: number | null;
  /** `null`: not to be asked about any more. */
  readonly nextPollAt: number | null;
}

/** One line of an award's history. Never personal: who is an actor id of the host. */
export interface HistoryRow {
  readonly issuer: string;
  readonly awardId: string;
  readonly at: number;
  /** `system`, `learner`, or the host's id of a member of staff. */
  readonly who: string;
  /** What happened: `created`, `submitted`, `status_seen`, `withdrawn`, … */
  readonly what: string;
  /** The reason a person gave, or a detail such as the outcome. No personal data. */
  readonly why: string | null;
  readonly payloadHash: Uint8Array | null;
}

/**
 * - `intended`: nothing was handed over; a job will.
 * - `sending`: one worker is handing it over. Whoever finds it so after that worker is gone cannot know whether it went
 *   out: `unknown`.
 * - `accepted`: the mail server has it. `bounced`: it came back later.
 * - `deferred`: the mail server asked to wait; a job tries again.
 * - `refused`: the mail server does not take it. `unknown`: it may have gone out. Both, like `bounced`, are listed for a
 *   person and never resent by themselves; `replaced` is one of them for which a person had another mail sent.
 * - `not_needed`: nothing was left to say before it went out.
 */
export type MailState =
  | 'intended'
  | 'sending'
  | 'accepted'
  | 'deferred'
  | 'refused'
  | 'unknown'
  | 'bounced'
  | 'replaced'
  | 'not_needed';

/** The intent to mail, stored before anything is sent. */
export interface MailRow {
  readonly issuer: string;
  readonly id: string;
  /** Stable over retries, so that a mail server or a reader can drop a duplicate. */
  readonly messageId: string;
  readonly recipientId: string;
  /** `claim`, `reminder`, `code`, `address_changed`, … */
  readonly kind: string;
  readonly awardIds: readonly string[];
  readonly state: MailState;
  readonly createdAt: number;
  readonly sentAt: number | null;
}

/** What an address no longer gets: any mail (it bounced, or its owner called our mail spam), or reminders (opted out). */
export interface MuteRow {
  readonly issuer: string;
  readonly emailHash: Uint8Array;
  readonly mutes: 'all' | 'reminders';
  readonly reason: 'hard_bounce' | 'complaint' | 'opted_out';
  readonly at: number;
  /** `system`, `learner`, or the host's id of a member of staff. */
  readonly who: string;
}

/** A browser on its way through the claim pages; found by the hash of the id in its cookie. */
export interface ClaimSessionRow {
  readonly issuer: string;
  readonly idHash: Uint8Array;
  readonly awardId: string;
  readonly recipientId: string;
  readonly generation: number;
  /** When the recipient was proved in this browser, and how. */
  readonly provedAt: number | null;
  readonly provedBy: string | null;
  readonly expiresAt: number;
}

/** A mailed code. Bound to the award, the address and the browser session; only the newest of an award counts. */
export interface ClaimCodeRow {
  readonly issuer: string;
  readonly awardId: string;
  readonly sessionHash: Uint8Array;
  readonly emailHash: Uint8Array;
  readonly codeHash: Uint8Array;
  readonly tries: number;
  readonly expiresAt: number;
}

/** One turn of the kill switch, of a whole issuer (`credentialType` is `null`) or of one credential type. */
export interface StopRow {
  readonly issuer: string;
  readonly credentialType: string | null;
  /** `false`: issuing goes on from here. */
  readonly stopped: boolean;
  readonly at: number;
  /** The host's id of a member of staff, or `system`. */
  readonly who: string;
  /** A reason of a fixed list; no personal data. */
  readonly why: string;
}

/** Work to be done later. Ids only: a job never holds personal data. */
export interface JobRow {
  /** A UUID made from what the job is about: enqueuing the same work twice makes one job. */
  readonly id: string;
  readonly issuer: string;
  readonly kind: string;
  readonly refs: Readonly<Record<string, string>>;
  readonly runAt: number;
}
