export type {
  AppSessionProof,
  ClaimPagesSettings,
  ConnectMiddleware,
} from './claims/claim-pages-settings.ts';
export { addRedirect } from './redirects/add-redirect.ts';
export { claimRedirect } from './redirects/claim-redirect.ts';
export type { Redirection } from './redirects/redirection.ts';
export { CredentialPipe } from './bodies/credential.pipe.ts';
export type { SeekPassErrorBody } from './errors/http-answer.ts';
export { SeekPassExceptionFilter } from './errors/seek-pass-exception.filter.ts';
export {
  acceptOpenCertBodies,
  OpenCertBody,
  type OpenCertBodyOptions,
  openCertMediaType,
} from './bodies/open-cert-body.decorator.ts';
export type {
  AwardEventOf,
  SeekPassEventOf,
  SeekPassEventType,
  VerificationEventOf,
} from './handlers/handled-event.ts';
export type { SeekPassContextType } from './handlers/handler-call.ts';
export type { HandlerDecorator, HandlerOptions } from './handlers/handler-mark.ts';
export { OnAward } from './handlers/on-award.decorator.ts';
export { OnSeekPassEvent } from './handlers/on-seek-pass-event.decorator.ts';
export { OnVerification } from './handlers/on-verification.decorator.ts';
export type { SeekPassHealthReport } from './health/health-result.ts';
export {
  SeekPassHealth,
  type SeekPassHealthOptions,
  type SeekPassHealthResult,
} from './health/seek-pass-health.ts';
export {
  InjectAddFlow,
  InjectInbox,
  InjectSeekPass,
  InjectSeekPassHealth,
  InjectSeekPassMetrics,
  InjectVerifyFlow,
} from './injection/inject.ts';
export {
  getAddFlowToken,
  getInboxToken,
  getSeekPassHealthToken,
  getSeekPassMetricsToken,
  getSeekPassOptionsToken,
  getSeekPassToken,
  getVerifyFlowToken,
} from './injection/tokens.ts';
export { SeekPassModule } from './seek-pass.module.ts';
export { type HeaderReceiver, verifyRedirect } from './redirects/verify-redirect.ts';
export type {
  AddFlowSettings,
  InboxSettings,
  MailSetting,
  MetricsSettings,
  RelaySettings,
  SeekPassModuleOptions,
  StoreSetting,
  VerifyFlowSettings,
  WebhookSettings,
  WorkerSettings,
} from './seek-pass-module-options.ts';
