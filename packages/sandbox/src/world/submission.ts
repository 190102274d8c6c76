import type { CredentialType } from '../shapes.ts';

/** A submission's life at SEEK Pass, and the life of documents until the app sign-in: 48 hours (docs: "Redirect user"). */
export const windowMs = 48 * 3_600_000;

/** What was submitted: one credential, or a batch for one learner. */
export type SubmissionKind = CredentialType | 'batch';

/** Which request body `payload` holds. */
export type PayloadForm = 'v1' | 'v2' | 'batch_v1' | 'batch_v2';

/** The status words of the API (docs: "Check submission status"). */
export type Status = 'incomplete' | 'verified' | 'canceled';

/**
 * Where the learner's copy is. `awaiting_app`: accepted, but the learner has not signed in to the app yet; 48 hours
 * later it is `deleted`, and no status says so (docs: "Redirect user").
 */
export type WalletCopy = 'none' | 'awaiting_app' | 'kept' | 'deleted';

/** What an add request carries into the world. */
export interface NewSubmission {
  readonly clientId: string;
  /** The partner's own id: `id` in v1, `credential_id` in v2. */
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly form: PayloadForm;
  /** For the redirect URL; undefined for a batch. */
  readonly documentType: string | undefined;
  /** The request body, as text: kept as it came because that is compact. */
  readonly payload: string;
}

/** One add request at SEEK Pass. A class so that 100,000 of them share one shape. */
export class Submission implements NewSubmission {
  /** SEEK Pass's request id, in the redirect URL as `content`. */
  readonly contentId: string;
  readonly clientId: string;
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly form: PayloadForm;
  readonly documentType: string | undefined;
  /** Milliseconds since the epoch, sandbox clock. */
  readonly createdAt: number;
  payload: string;
  /** `payload` was deleted, as SEEK Pass deletes data. */
  deleted = false;
  status: Status = 'incomplete';
  finalizedAt: number | undefined = undefined;
  /** Why it reads `canceled`; SEEK Pass does not tell a partner. */
  canceledBy: 'learner' | 'expiry' | undefined = undefined;
  /** The first account that logged in through the link. */
  userId: string | undefined = undefined;
  walletCopy: WalletCopy = 'none';
  /** How often the same id was sent again within the window. */
  repeats = 0;
  /** Same id, other data within the window: the first data was kept (assumption `repeat_with_other_data`). */
  differingRepeats = 0;

  constructor(contentId: string, createdAt: number, from: NewSubmission) {
    this.contentId = contentId;
    this.clientId = from.clientId;
    this.id = from.id;
    this.kind = from.kind;
    this.form = from.form;
    this.documentType = from.documentType;
    this.createdAt = createdAt;
    this.payload = from.payload;
  }

  /** When the link stops working and the data goes, unless the learner has finished. */
  get expiresAt(): number {
    return this.createdAt + windowMs;
  }

  /** Until when the learner must have signed in to the app; undefined when that is not awaited. */
  get appSignInDueAt(): number | undefined {
    return this.walletCopy === 'awaiting_app' && this.finalizedAt !== undefined
      ? this.finalizedAt + windowMs
      : undefined;
  }
}
