import type { AwardRow, RecipientRow } from './rows.ts';

/** What one erasure, or one run of the retention rules, destroyed; and what its standing is computed from. */
export interface ErasureRow {
  readonly issuer: string;
  readonly id: string;
  readonly at: number;
  /** `system`, or the host's id of a member of staff. */
  readonly who: string;
  /** `delivery_data`: the record of each award is kept. `everything`: what the awards hold was destroyed too. */
  readonly part: 'delivery_data' | 'everything';
  /** A reason of a fixed list. */
  readonly reason: string;
  /** Of a fixed list; needed for `everything`, otherwise `null`. */
  readonly legalBasis: string | null;
  /** Keys of the key file that open what copies made before still hold: until they are gone from it, the erasure is not complete. */
  readonly keyIds: readonly string[];
  /** When the key file was seen without all of them; `null`: not yet. */
  readonly keysDroppedAt: number | null;
  /** How many people, as rows of theirs, and how many awards. */
  readonly recipients: number;
  readonly awards: number;
}

/** Keeps a person or a key from being awarded again. The hash is of an address, a subject, a business key or a person: see lookupHash. */
export interface SuppressionRow {
  readonly issuer: string;
  readonly hash: Uint8Array;
  /** All that one erasure suppressed is lifted together. */
  readonly erasureId: string;
  readonly at: number;
}

/** Keeps a person or an award from being erased, be it by a person or by a rule. The hash is of an address, a subject or a business key. */
export interface HoldRow {
  readonly issuer: string;
  readonly hash: Uint8Array;
  /** A reason of a fixed list. */
  readonly reason: string;
  readonly at: number;
  readonly who: string;
}

/** When nothing more happened to the awards of a recipient, by how they stand. Absent: such an award keeps its recipient for ever. */
export interface RetentionCutoffs {
  /** Those that have ended: added, declined, closed, rejected, withdrawn, superseded. */
  readonly ended?: number;
  /** Those that nobody has claimed. */
  readonly unclaimed?: number;
  /** Records of awards whose recipient was erased. */
  readonly records?: number;
}

/** Look-ups of erasure, holds, suppression and retention. */
export interface ErasureReads {
  /** By creation. */
  recipientsBySubject(issuer: string, subjectHash: Uint8Array): Promise<RecipientRow[]>;
  /** Those of these hashes that are suppressed. */
  suppressions(issuer: string, hashes: readonly Uint8Array[]): Promise<SuppressionRow[]>;
  /** Those of these hashes that are held. */
  holds(issuer: string, hashes: readonly Uint8Array[]): Promise<HoldRow[]>;
  /** Every hold, oldest first. */
  allHolds(issuer: string, limit: number): Promise<HoldRow[]>;
  erasure(issuer: string, id: string): Promise<ErasureRow | undefined>;
  /** Newest first. */
  erasures(issuer: string, limit: number): Promise<ErasureRow[]>;
  /** Those whose keys were not seen to be gone, oldest first. */
  erasuresWithKeys(issuer: string, limit: number): Promise<ErasureRow[]>;
  /** Whether no data key may be wrapped with this key of the key file any more. */
  isKeyRetired(issuer: string, keyId: string): Promise<boolean>;
  /**
   * Looks at `limit` recipients by id, after the id `after`, and gives those whose awards all stand still since before the cutoff for
   * how they stand. `last` is the id to go on after; absent when there is nobody more.
   */
  recipientsPastRetention(
    issuer: string,
    cutoffs: RetentionCutoffs,
    after: string,
    limit: number,
  ): Promise<{ readonly recipients: RecipientRow[]; readonly last?: string }>;
}

/** What went with a recipient. */
export interface RemovedWithRecipient {
  readonly mails: number;
  readonly claimSessions: number;
}

/** Changes of erasure, holds, suppression and retention. */
export interface ErasureChanges {
  /**
   * Lets nobody erase, hold, suppress or retire a key beside this transaction, and waits for those that have read that nothing is
   * suppressed. Ask for it before any row is locked.
   */
  lockErasures(issuer: string): Promise<void>;
  /** Like {@link ErasureReads.suppressions}, and an erasure waits for the end of this transaction. Ask for it before any row is locked. */
  suppressions(issuer: string, hashes: readonly Uint8Array[]): Promise<SuppressionRow[]>;
  /** Reads a recipient and keeps others from removing it until the transaction ends. Changing it goes on. */
  keepRecipient(issuer: string, recipientId: string): Promise<RecipientRow | undefined>;
  /**
   * Gives awards to another recipient, sealed anew: `recipientId`, `sealedCredential`, `generation` and `facts` change. As with
   * `updateAward`, another revision is a `StoreConflict`.
   */
  handAwards(rows: readonly AwardRow[]): Promise<void>;
  /** Removes a recipient with the list of their mails and their claim sessions. When an award is still theirs: `StoreConflict`. */
  removeRecipient(issuer: string, recipientId: string): Promise<RemovedWithRecipient>;
  insertErasure(row: ErasureRow): Promise<void>;
  recordKeysDropped(issuer: string, erasureIds: readonly string[], at: number): Promise<void>;
  /** Replaces a former one of the same hash. */
  putSuppressions(rows: readonly SuppressionRow[]): Promise<void>;
  /** Everything that an erasure suppressed; says how much. */
  deleteSuppressions(issuer: string, erasureId: string): Promise<number>;
  /** Replaces a former one of the same hash. */
  putHold(row: HoldRow): Promise<void>;
  /** `false`: there was none. */
  deleteHold(issuer: string, hash: Uint8Array): Promise<boolean>;
  /** From here on no data key is wrapped with these keys of the key file. Hold {@link ErasureChanges.lockErasures}. */
  retireKeys(issuer: string, keyIds: readonly string[]): Promise<void>;
}
