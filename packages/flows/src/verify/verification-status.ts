import type { VerificationRow } from '../store/verifications.ts';
import { type VerificationStanding, verificationStandingOf } from './verification-facts.ts';

/** Where a verification stands. Nothing personal: the host knows its reference. */
export interface VerificationStatus extends VerificationStanding {
  readonly verificationId: string;
  readonly createdAt: number;
  /** When the browser was sent to SEEK Pass. Absent: not yet. */
  readonly requestedAt?: number;
  /** When somebody was verified; absent while that is held. */
  readonly verifiedAt?: number;
  /** When it ends by itself, unless something happens. Absent once it has ended. */
  readonly expiresAt?: number;
}

/** What the row of a verification says about it. */
export function statusOf({
  id,
  facts,
  createdAt,
  requestedAt,
  giveUpAt,
}: VerificationRow): VerificationStatus {
  const standing = verificationStandingOf(facts);
  const { verifiedAt } = facts;
  const isWaiting = ['created', 'failed', 'open'].includes(standing.state);
  return {
    verificationId: id,
    ...standing,
    createdAt,
    ...(requestedAt === null ? {} : { requestedAt }),
    ...(standing.decision === undefined || verifiedAt === undefined ? {} : { verifiedAt }),
    ...(isWaiting ? { expiresAt: giveUpAt } : {}),
  };
}
