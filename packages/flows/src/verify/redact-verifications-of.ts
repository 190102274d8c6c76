import type { StoreTransaction } from '../store/ports.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { withRedaction } from './verification-facts.ts';

/** Whose verifications to redact, and who says so. */
export interface SubjectRedaction {
  readonly issuer: string;
  /** As `RecipientRow.subjectHash`: the host told the same `subject` to both flows. */
  readonly subjectHash: Uint8Array;
  readonly at: number;
  /** `system`, or the host's id of a member of staff. */
  readonly who: string;
  /** Of a fixed list, as the audit trail says it: `erased`. */
  readonly why: string;
}

const pageSize = 100;

/**
 * Redacts every verification of a person, in the transaction of what wants it (an erasure): their data keys and everything sealed with
 * them are gone when it ends. Says how many there were. Each gets its line in the audit trail.
 */
export async function redactVerificationsOf(
  tx: StoreTransaction,
  { issuer, subjectHash, at, who, why }: SubjectRedaction,
): Promise<number> {
  let redacted = 0;
  // A redacted one belongs to nobody, so the next page has others.
  for (;;) {
    const found = await tx.verificationsOfSubject(issuer, subjectHash, pageSize);
    for (const { id } of found) {
      const row = await tx.lockVerification(issuer, id);
      if (row === undefined || row.subjectHash === null) continue;
      await tx.updateVerification(redactedRow(row, at));
      await tx.appendAudit([
        { issuer, at, who, what: 'verification_redacted', about: `verification:${id}`, why },
      ]);
      redacted += 1;
    }
    if (found.length < pageSize) return redacted;
  }
}

/** A verification without anything of its person. What was decided, and when, stays. */
export function redactedRow(row: VerificationRow, at: number): VerificationRow {
  return {
    ...row,
    facts: withRedaction(row.facts, at),
    referenceHash: null,
    subjectHash: null,
    browserHash: null,
    wrappedKey: null,
    sealedDetails: null,
    sealedExpected: null,
    sealedAnswer: null,
    answerHash: null,
    nextPollAt: null,
    purgeAt: null,
  };
}
