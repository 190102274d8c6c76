/** Why somebody is erased. A fixed list: the record keeps it for ever, and free text would hold personal data. */
export type ErasureReason =
  | 'asked_by_person'
  | 'no_longer_needed'
  | 'issued_in_error'
  | 'legal_obligation'
  | 'other';

/**
 * Why even the record of the award may be destroyed, which an institution otherwise has to keep. Somebody who may decide that has
 * decided it; the erasure and the history of each award say which it was.
 *
 * - `no_longer_needed`: the time for which the record had to be kept is over.
 * - `consent_withdrawn`: consent was the only ground for keeping it.
 * - `objection_upheld`: the person objected, and nothing outweighs it.
 * - `unlawfully_processed`: it should never have been kept.
 * - `legal_obligation`: a law demands the deletion.
 * - `order_of_authority`: a court or a supervisory authority ordered it.
 */
export type LegalBasis = (typeof legalBases)[number];

/** Every {@link LegalBasis}: whoever calls without types must not get past it. */
export const legalBases = [
  'no_longer_needed',
  'consent_withdrawn',
  'objection_upheld',
  'unlawfully_processed',
  'legal_obligation',
  'order_of_authority',
] as const;

/** Why nobody may erase for now. */
export type HoldReason = 'legal_claim' | 'investigation' | 'audit' | 'dispute' | 'other';
