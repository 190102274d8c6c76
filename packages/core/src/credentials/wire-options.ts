import type { CredentialType } from './credential-type.ts';
import type { PartnerChainPosition } from './partner-chain.ts';

/** The two versions of the partner API. */
export type ApiVersion = 'v1' | 'v2';

/** Assumptions about what the documentation leaves open. Each default is what is printed; each other value is the caller's own assumption. */
export interface WireOptions {
  /** Types to send in the assumed v2 shape `{ credential_id, fields, partner_chain?, assets? }` although theirs is not printed. Default: none. */
  readonly assumeV2?: readonly CredentialType[] | undefined;
  /** Whether v2 paths end in `.json`. Default: as printed (career_history without, the others with). */
  readonly v2JsonSuffix?: boolean | undefined;
  /** Where `partner_chain` goes in v1, per type. Default: as documented. */
  readonly partnerChainAt?: Partial<Readonly<Record<CredentialType, PartnerChainPosition>>> | undefined;
}
