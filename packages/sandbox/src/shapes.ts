/**
 * The only place where the sandbox takes something from core: shapes of the wire, never behaviour. What the sandbox decides,
 * it decides with its own code, so that core is tested against a second reading of the documentation.
 */
import { credentialTypes } from '@seek-pass-kit/core';

export { credentialTypes, wireSchemas as wireShapes } from '@seek-pass-kit/core';
export type { Asset, CredentialType, V1CredentialType, V2Entry } from '@seek-pass-kit/core';

/** The types v1 has: universal credentials exist in v2 only (docs: "Universal credential field descriptions"). */
export const v1CredentialTypes = credentialTypes.filter((type) => type !== 'universal_credential');
