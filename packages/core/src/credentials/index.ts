export { type BatchInput, type BatchItem, type BatchRequest, batchToWire, validateBatch } from './batch.ts';
export { credentialDefinitions } from './catalogue.ts';
export type { Credential, CredentialOf, DocumentTypeOf, FieldsOf } from './credential.ts';
export { type CredentialType, credentialTypes } from './credential-type.ts';
export type { CredentialDefinition, V1Route, V2Route } from './definition.ts';
export type { CredentialDocument, DocumentType } from './document.ts';
export type { V1CredentialType, V1Envelope, V1EnvelopeOf } from './envelope.ts';
export { lint } from './lint.ts';
export type { LintCode, LintFinding, LintSeverity } from './lint-finding.ts';
export type { PartnerChain, PartnerChainPosition } from './partner-chain.ts';
export type { Problem, ProblemCode } from './problem.ts';
export type { AddInput, Submission } from './submission.ts';
export { defaultVersion, toWire, type WireRequest } from './to-wire.ts';
export { compareForUpdate, type UpdateComparison, type UpdateEffect } from './update.ts';
export type { Asset, AssetType, V2Body, V2Entry } from './v2-body.ts';
export { credentialFromEnvelope, validate, type ValidationResult } from './validate.ts';
export type { ApiVersion, WireOptions } from './wire-options.ts';
export {
  isPersonalField,
  personalMembers,
  type V1BatchBody,
  type V2BatchBody,
  wireSchemas,
} from './wire-schemas.ts';
