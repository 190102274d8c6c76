/**
 * The only place where the sandbox takes something from core: shapes of the wire, never behaviour. What the sandbox decides,
 * it decides with its own code, so that core is tested against a second reading of the documentation.
 */
export { credentialTypes } from '../../core/src/credentials/credential-type.ts';
export type { CredentialType } from '../../core/src/credentials/credential-type.ts';
