import { decideAnew } from '../awards/decide-anew.ts';
import { redactedRow } from './redact-verifications-of.ts';
import type { VerifyContext } from './verify-context.ts';

/** Who wants it, and why. */
export interface VerificationRedaction {
  /** The host's id of a member of staff, or `system`. */
  readonly who: string;
  readonly reason: VerificationRedactionReason;
}

/** Why the data of a verification is wiped before its time. */
export type VerificationRedactionReason = 'person_asked' | 'purpose_ended' | 'wrong_person' | 'other';

export type VerificationRedactionResult = 'redacted' | 'redacted_before' | 'unknown_verification';

/**
 * Wipes everything personal of a verification and destroys its data key. Nothing more is learned of it, whatever SEEK Pass says. What was
 * decided, and when, stays. The audit trail says who did it.
 */
export function redactVerification(
  { issuer, store, clock }: VerifyContext,
  verificationId: string,
  { who, reason }: VerificationRedaction,
): Promise<VerificationRedactionResult> {
  return decideAnew(store, async (tx) => {
    const row = await tx.lockVerification(issuer, verificationId);
    if (row === undefined) return 'unknown_verification';
    if (row.facts.redactedAt !== undefined) return 'redacted_before';
    const at = clock.now();
    await tx.updateVerification(redactedRow(row, at));
    await tx.appendAudit([
      {
        issuer,
        at,
        who,
        what: 'verification_redacted',
        about: `verification:${verificationId}`,
        why: reason,
      },
    ]);
    return 'redacted';
  });
}
