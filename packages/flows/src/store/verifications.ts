import type { VerificationFacts } from '../verify/verification-facts.ts';

/** One verify request and its result. */
export interface VerificationRow {
  readonly issuer: string;
  /** Public: it stands in the callback address. 128 random bits. */
  readonly id: string;
  /** The `request_id` that we send. One for the whole life of the row. */
  readonly requestId: string;
  /** Keyed hash of the host's own reference; `null` once redacted. Several rows may have one. */
  readonly referenceHash: Uint8Array | null;
  /** Keyed hash of the host's own id of the person, as `RecipientRow.subjectHash`; `null`: not told, or redacted. */
  readonly subjectHash: Uint8Array | null;
  readonly expects: 'person' | 'anyone';
  /** Hash of what the starting browser has in its cookie; `null`: a start link that nobody has used. */
  readonly browserHash: Uint8Array | null;
  readonly facts: VerificationFacts;
  /** The data key of this verification, wrapped with the key named `keyId`; `null` once redacted. */
  readonly wrappedKey: Uint8Array | null;
  readonly keyId: string;
  /** Reference, place to return to, what the request says besides: sealed with the data key. `null` once redacted. */
  readonly sealedDetails: Uint8Array | null;
  /** Whom the host expects: sealed. `null` for anyone, and once that is decided or no longer needed. */
  readonly sealedExpected: Uint8Array | null;
  /** What SEEK Pass answered: sealed. `null` unless the host keeps it. */
  readonly sealedAnswer: Uint8Array | null;
  /** Keyed hash of the person that SEEK Pass answered with: proves later what was decided on. */
  readonly answerHash: Uint8Array | null;
  readonly createdAt: number;
  /** When the request was about to be sent, by SEEK Pass's clock; `null`: a start link that nobody has used. */
  readonly requestedAt: number | null;
  /** When waiting ends, by SEEK Pass's clock. */
  readonly giveUpAt: number;
  readonly lastAskedAt: number | null;
  /** `null`: not to be asked about any more. */
  readonly nextPollAt: number | null;
  /** When its personal data is to be wiped; `null`: there is nothing to wipe by rule. */
  readonly purgeAt: number | null;
  /** Raised by every change; an update with an older one is refused. */
  readonly revision: number;
}

/** Look-ups of the verify flow. */
export interface VerificationReads {
  verification(issuer: string, id: string): Promise<VerificationRow | undefined>;
  verificationByRequest(issuer: string, requestId: string): Promise<VerificationRow | undefined>;
  /** Newest first. */
  verificationsByReference(
    issuer: string,
    referenceHash: Uint8Array,
    limit: number,
  ): Promise<VerificationRow[]>;
  /** In any order. Redacted ones belong to nobody. */
  verificationsOfSubject(issuer: string, subjectHash: Uint8Array, limit: number): Promise<VerificationRow[]>;
  /** How many verifications are in which state; see `VerificationState`. */
  countVerificationsByState(issuer: string): Promise<Readonly<Record<string, number>>>;
  /** When the oldest that is `open` was created, in milliseconds since the epoch; `null`: none is. */
  oldestOpenVerification(issuer: string): Promise<number | null>;
  /** Whose data is to be wiped by now, longest due first. */
  verificationsToPurge(issuer: string, now: number, limit: number): Promise<VerificationRow[]>;
  /** Verifications whose data key is wrapped with another key than `keyId`, by id, after the id `after`. */
  verificationsUnderOtherKeys(
    issuer: string,
    keyId: string,
    after: string,
    limit: number,
  ): Promise<VerificationRow[]>;
  /** How many data keys of verifications are wrapped with which key. */
  countVerificationsByKey(issuer: string): Promise<Readonly<Record<string, number>>>;
  /** What the verify flow of an issuer was first started with; see {@link VerificationChanges.bindVerifyFlow}. */
  verifyBinding(issuer: string): Promise<string | undefined>;
}

/** Changes of the verify flow. */
export interface VerificationChanges {
  insertVerification(row: VerificationRow): Promise<void>;
  /** Reads a verification and keeps everybody else from changing it until the transaction ends. */
  lockVerification(issuer: string, id: string): Promise<VerificationRow | undefined>;
  /**
   * What was asked and when it was created never changes; everything else may. `row.revision` is the one that was read; the stored one is
   * raised. Another revision: `StoreConflict`.
   */
  updateVerification(row: VerificationRow): Promise<void>;
  /**
   * Takes verifications to be asked about, longest due first, by moving their next poll to `until`; gives them as they are then. Passes
   * over those that another transaction takes or changes.
   */
  takeVerificationsDue(issuer: string, now: number, until: number, limit: number): Promise<VerificationRow[]>;
  /** Makes every verification that SEEK Pass was asked for and that is still polled due at `at`, unless it is sooner. */
  hurryVerifications(issuer: string, at: number): Promise<void>;
  /** Binds an issuer to a fingerprint of its key file. When it is bound already: `StoreConflict`. */
  bindVerifyFlow(issuer: string, fingerprint: string): Promise<void>;
}
