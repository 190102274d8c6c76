import type { AwardRow } from '../store/rows.ts';
import { type ClaimRules, isLinkAlone } from './claim-handler-options.ts';

/** What proves the recipient of an award. */
export type ProofKind = 'email-code' | 'host' | 'link';

/** The proof that the settings want for an award. The link alone opens microcredentials only, outside a sandbox. */
export function proofKindOf(
  { proof }: ClaimRules,
  { credentialType }: Pick<AwardRow, 'credentialType'>,
): ProofKind {
  if (proof === 'email-code') return 'email-code';
  if (!isLinkAlone(proof)) return 'host';
  return proof.linkAlone === 'sandbox' || credentialType === 'microcredential' ? 'link' : 'email-code';
}
