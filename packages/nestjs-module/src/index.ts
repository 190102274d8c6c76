export type {
  AppSessionProof,
  ClaimPagesSettings,
  ConnectMiddleware,
} from './claims/claim-pages-settings.ts';
export { claimRedirect } from './claims/claim-redirect.ts';
export { CredentialPipe } from './credentials/credential.pipe.ts';
export type { SeekPassErrorBody } from './errors/http-answer.ts';
export { SeekPassExceptionFilter } from './errors/seek-pass-exception.filter.ts';
export {
  acceptOpenCertBodies,
  OpenCertBody,
  type OpenCertBodyOptions,
  openCertMediaType,
} from './open-certs/open-cert-body.decorator.ts';
export { InjectAddFlow, InjectInbox, InjectSeekPass, InjectVerifyFlow } from './injection/inject.ts';
export {
  getAddFlowToken,
  getInboxToken,
  getSeekPassOptionsToken,
  getSeekPassToken,
  getVerifyFlowToken,
} from './injection/tokens.ts';
export { SeekPassModule } from './seek-pass.module.ts';
export type {
  AddFlowSettings,
  InboxSettings,
  MailSetting,
  RelaySettings,
  SeekPassModuleOptions,
  StoreSetting,
  VerifyFlowSettings,
  WebhookSettings,
} from './seek-pass-module-options.ts';
