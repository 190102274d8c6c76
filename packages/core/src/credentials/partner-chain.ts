import { z } from 'zod';
import { strict, text } from './field-schemas.ts';

/**
 * The intermediaries between the integration partner and the issuer, from parent to child, without these two (docs: "Partner chain").
 * `null` says the same as leaving it out.
 */
export type PartnerChain = z.output<typeof partnerChain>;

/** Schema of {@link PartnerChain}. */
export const partnerChain = z.array(strict({ name: text })).nullable();

/**
 * Where `partner_chain` goes in a v1 envelope: among the fields (`data.credential`), beside them (`data`), or in
 * `data.credential.test_scores`. Each type has a documented place; the setting `partnerChainAt` overrides it.
 */
export type PartnerChainPosition = 'credential' | 'data' | 'test_scores';
