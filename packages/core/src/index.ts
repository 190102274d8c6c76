export { createMemoryTokenStore } from './auth/token-store.ts';
export type { StoredToken, TokenStore } from './auth/token-store.ts';
export { isLoopbackHost, SANDBOX_CLIENT_ID_PREFIX, stagingBaseUrl } from './base-url.ts';
export * from './clock.ts';
export * from './credentials/index.ts';
export * from './errors.ts';
export * from './events.ts';
export type { QuotaTurn, SharedQuota } from './limits/shared-quota.ts';
export * from './options.ts';
export { readSettings } from './read-settings.ts';
export { requireKnown } from './require-known.ts';
export { seekPassSettings } from './resolve-options.ts';
export { Secret } from './redaction.ts';
export { documentedScopes, verifyScopes } from './scope.ts';
export type { Scope } from './scope.ts';
export * from './seek-pass.ts';
export type { AddResult } from './submissions/add.ts';
export { bindNamespace, checkNamespace, createNamespace } from './submissions/namespace.ts';
export type { NamespaceBinding } from './submissions/namespace.ts';
export * from './submissions/plan-attempt.ts';
export * from './submissions/redirect-uri.ts';
export type { DocumentedStatus, SubmissionStatus } from './submissions/status.ts';
export * from './submissions/submission-id.ts';
export type { AssetUpload } from './submissions/upload-asset.ts';
export type { TelemetryApi } from './telemetry.ts';
export type { VerifyRequestInput, VerifyRequestResult, VerifyResult } from './verify/verify.ts';
export type {
  CreatedWebhookEndpoint,
  RotatedSecret,
  WebhookEndpoint,
  WebhookEndpointInput,
} from './webhook-endpoints/webhook-endpoint.ts';
