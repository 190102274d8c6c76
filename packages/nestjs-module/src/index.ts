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
  ClaimPagesSettings,
  MailSetting,
  SeekPassModuleOptions,
  StoreSetting,
  VerifyFlowSettings,
  WebhookSettings,
} from './seek-pass-module-options.ts';
