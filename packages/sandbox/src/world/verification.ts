import { windowMs } from './submission.ts';
import type { Status } from './submission.ts';

/** What a verify request asks (docs: "Verify with SEEK Pass"), names as on the wire. */
export interface VerifyRequest {
  readonly request_id?: string | undefined;
  readonly callback_url?: string | undefined;
  readonly display_options: { readonly partner_name: string; readonly partner_logo_url?: string | undefined };
  readonly request_source?: readonly { readonly name: string }[] | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** The identity a learner chose to share. */
export interface SharedIdentity {
  readonly identityId: string;
  /** What the page calls it: `Passport`. */
  readonly label: string;
  /** Wire names of `digital_identity`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One verify request at SEEK Pass. */
export interface Verification {
  /** In the redirect URL as `content`. */
  readonly contentId: string;
  readonly clientId: string;
  readonly requestId: string;
  readonly request: VerifyRequest;
  /** Milliseconds since the epoch, sandbox clock. */
  readonly createdAt: number;
  status: Status;
  finalizedAt: number | undefined;
  canceledBy: 'learner' | 'expiry' | undefined;
  userId: string | undefined;
  shared: SharedIdentity | undefined;
}

/** When an unfinished verification becomes `canceled` (assumption `verify_expiry`). */
export function verificationExpiresAt(verification: Verification): number {
  return verification.createdAt + windowMs;
}
