export { AddFlow, createAddFlow } from './add-flow.ts';
export type { AddFlowOptions } from './add-flow-options.ts';
export type { AuditContext } from './audit/audit-context.ts';
export { type AuditHead, auditHead } from './audit/audit-head.ts';
export type { TrailEntry, TrailFilter } from './audit/audit-trail.ts';
export { sealAudit, type SealReport } from './audit/seal-audit.ts';
export {
  type AuditProblem,
  type AuditVerdict,
  verifyAudit,
  type VerifyAuditOptions,
} from './audit/verify-audit.ts';
export type { AwardEvent, AwardEventType } from './awards/award-event.ts';
export type { AwardStanding, AwardState, Evidence } from './awards/award-facts.ts';
export { type AwardInput, type CheckedInput, checkInput, latestToday } from './awards/award-input.ts';
export type { AwardProblem, AwardProblemCode } from './awards/award-problem.ts';
export type { AwardResult, IssuingRun } from './awards/award-result.ts';
export type { AwardStatus, AwardSummary, NamedAwardStatus } from './awards/award-status.ts';
export type { AwardOfSubject, AwardsOfSubjectOptions } from './awards/awards-of-subject.ts';
export type {
  RecipientChange,
  RecipientChangeReason,
  RecipientChangeResult,
} from './awards/change-recipient.ts';
export type { AwardDescription } from './awards/describe-awards.ts';
export type { AwardQuestion } from './awards/find-awards.ts';
export type { LinkRequest, LinkResult } from './awards/claim-link.ts';
export type { PlannedAward } from './awards/plan-awards.ts';
export { isMailbox } from './awards/mailbox.ts';
export { credentialTitle } from './awards/credential-title.ts';
export type { Recipient } from './awards/recipient.ts';
export type { ResendOutcome } from './awards/resend-claim-mail.ts';
export type { IssuingStops, IssuingTurn, ResumeReason, StopReason } from './awards/stop-issuing.ts';
export type { Withdrawal, WithdrawalReason, WithdrawalResult } from './awards/withdraw.ts';
export type { Connection } from './connection.ts';
export type { ClaimHandler } from './claims/claim-handler.ts';
export type {
  ClaimedAward,
  ClaimHandlerOptions,
  HandoffRules,
  HostPerson,
  HostProof,
  LinkAloneProof,
} from './claims/claim-handler-options.ts';
export { type ClosedClaimPages, closedClaimPages } from './claims/closed-claim-pages.ts';
export type { HandoffRequest, HandoffResult, HandoffRow, HandoffStore } from './claims/handoff.ts';
export { generateClaimKey } from './claims/claim-key.ts';
export type { ClaimOutcome, ClaimRequest } from './claims/submit-claim.ts';
export { type AwardFile, documentTypeOf } from './documents/award-file.ts';
export {
  checkDocumentUrl,
  type DocumentUrlCheck,
  type DocumentUrlOptions,
  type DocumentUrlReason,
  type PinnedTarget,
} from './documents/check-document-url.ts';
export {
  createDocumentUrlChecker,
  type DocumentUrlChecker,
  type DocumentUrlCheckerOptions,
} from './documents/document-url-checker.ts';
export type { DocumentHandler, DocumentHandlerOptions } from './documents/document-handler.ts';
export type { DocumentOptions, DocumentSettings, UploadLink } from './documents/document-settings.ts';
export type { ErasureRequest } from './erasure/erase-learner.ts';
export type { ErasureReason, HoldReason, LegalBasis } from './erasure/erasure-reasons.ts';
export type {
  ErasedAward,
  ErasureReport,
  HoldInTheWay,
  KeptData,
  RemovedData,
} from './erasure/erasure-report.ts';
export type { ErasureStanding } from './erasure/erasure-standing.ts';
export {
  type DestroyedKeys,
  finishErasures,
  type FinishReport,
  type FinishRequest,
  type KeyFile,
} from './erasure/finish-erasures.ts';
export type { Hold } from './erasure/holds.ts';
export type { ErasureWithStanding } from './erasure/list-erasures.ts';
export type { Whose } from './erasure/whose.ts';
export type { DueReport } from './due-work.ts';
export type { Brand, FlowContext } from './flow-context.ts';
export type { FlowNotice, NoticeListener } from './flow-notice.ts';
export { createInbox, type Inbox, type InboxBudget } from './inbox/inbox.ts';
export type { EndpointRequest, EndpointResult } from './inbox/create-endpoint.ts';
export type { EnsuredEndpoint } from './inbox/ensure-endpoints.ts';
export type { EndpointStanding } from './inbox/list-endpoints.ts';
export type { InboxDelivery, RefusalReason, UnavailableReason } from './inbox/inbox-delivery.ts';
export type {
  InboxEvent,
  InboxEventKind,
  InboxHandler,
  InboxHandlerOfTypes,
  InboxHandlers,
} from './inbox/inbox-handler.ts';
export type { InboxOptions } from './inbox/inbox-options.ts';
export type { ReplayRequest, ReplayResult } from './inbox/replay.ts';
export type { RotationRequest, RotationResult } from './inbox/rotate-secret.ts';
export type { SampleDelivery, SampleEvent } from './inbox/sample-delivery.ts';
export type { HandlerOfPlain, PlainAnswer, PlainHandler, PlainRequest } from './plain-request.ts';
export type { WebhookReceiver } from './inbox/receiver.ts';
export { createWebhookRelay, type WebhookRelayOptions } from './inbox/webhook-relay.ts';
export { isHandlerName } from './jobs/handler-name.ts';
export type { HostListener, HostListeners, ListenerOfTypes } from './jobs/host-listeners.ts';
export { type JobControl, type JobHandler, type JobHandlers, runDue, type RunReport } from './jobs/runner.ts';
export {
  dropKey,
  generateKeyRing,
  type KeyPort,
  keyRingFromText,
  openKeyRing,
  rotateKeyRing,
} from './keys/key-ring.ts';
export type { RewrapOptions, RewrapReport } from './keys/rewrap-keys.ts';
export { type Locale, locales } from './languages/locale.ts';
export type { ClearOutcome } from './mail/clear-bounce.ts';
export type { MailLimits } from './mail/mail-limits.ts';
export type { MailMessage, MailOutcome, MailPort } from './mail/mail-port.ts';
export { type MailerFailure, readMailerFailure } from './mail/mailer-failure.ts';
export type { MailTrouble, MutedRecipient } from './mail/mail-troubles.ts';
export type { QuietHours } from './mail/quiet-hours.ts';
export type { BounceOutcome, BounceReport } from './mail/record-bounce.ts';
export type { ReminderOptions } from './mail/reminder-plan.ts';
export { lagBound } from './polling/poll-plan.ts';
export type { PollBudget, PollReport } from './polling/poll-submissions.ts';
export type { Drift, ReconcileOptions } from './polling/reconcile.ts';
export type { RetentionDue } from './retention/retention-job.ts';
export type { ErasureOptions, RetentionOptions, RetentionRules } from './retention/retention-rules.ts';
export { sharedQuota, type SharedQuotaOptions } from './quota/shared-quota.ts';
export type { Course } from './reporting/course.ts';
export type { Milestone } from './reporting/milestone.ts';
export type { Period, ReportStep } from './reporting/periods.ts';
export type {
  MilestoneCounts,
  Report,
  ReportFigures,
  ReportGroup,
  ReportGrouping,
  ReportOptions,
  ReportPeriod,
} from './reporting/report.ts';
export { createMemoryStore } from './store/memory/memory-store.ts';
export type * from './store/audit.ts';
export type * from './store/documents.ts';
export type * from './store/erasures.ts';
export type * from './store/inbox.ts';
export type * from './store/jobs.ts';
export type * from './store/limits.ts';
export * from './store/ports.ts';
export type * from './store/reports.ts';
export type * from './store/rows.ts';
export type * from './store/verifications.ts';
export type * from './store/watching.ts';
export type { RefusedVerification, StartLink, VerificationStart } from './verify/create-verification.ts';
export type { ExpectedPerson } from './verify/judge-person.ts';
export type { VerifyPollReport } from './verify/poll-verifications.ts';
export type {
  VerificationRedaction,
  VerificationRedactionReason,
  VerificationRedactionResult,
} from './verify/redact-verification.ts';
export { redactVerificationsOf, type SubjectRedaction } from './verify/redact-verifications-of.ts';
export type { RequestOutcome } from './verify/request-verification.ts';
export type { VerificationEvent, VerificationEventType } from './verify/verification-event.ts';
export type * from './verify/verification-facts.ts';
export type { StartLinkInput, VerificationInput, VerificationProblem } from './verify/verification-input.ts';
export type { VerificationResult } from './verify/verification-result.ts';
export type { VerificationStatus } from './verify/verification-status.ts';
export type { IdentityReader, ReadAnswer, VerifiedIdentity } from './verify/verified-identity.ts';
export { createVerifyFlow, type VerifyDueReport, VerifyFlow } from './verify/verify-flow.ts';
export type { VerifyFlowOptions } from './verify/verify-flow-options.ts';
export type { VerifyHandler, VerifyHandlerOptions } from './verify/verify-handler.ts';
export { qrPng, qrSvg, qrText } from './qr/qr-code.ts';
export { previewClaimPages } from './pages/preview-claim-pages.ts';
