export { AddFlow, type AwardStatus, createAddFlow, type DueReport } from './add-flow.ts';
export type { AddFlowOptions } from './add-flow-options.ts';
export type { AuditContext } from './audit/audit-context.ts';
export type { AuditHead } from './audit/audit-head.ts';
export type { TrailEntry, TrailFilter } from './audit/audit-trail.ts';
export { sealAudit, type SealReport } from './audit/seal-audit.ts';
export type { AuditProblem, AuditVerdict, VerifyAuditOptions } from './audit/verify-audit.ts';
export type { AwardEvent, AwardEventType } from './awards/award-event.ts';
export type { AwardStanding, AwardState, Evidence } from './awards/award-facts.ts';
export type { AwardInput } from './awards/award-input.ts';
export type { AwardProblem, AwardProblemCode } from './awards/award-problem.ts';
export type { AwardResult, IssuingRun } from './awards/award-result.ts';
export type {
  RecipientChange,
  RecipientChangeReason,
  RecipientChangeResult,
} from './awards/change-recipient.ts';
export type { LinkRequest, LinkResult } from './awards/claim-link.ts';
export type { Recipient } from './awards/recipient.ts';
export type { ResendOutcome } from './awards/resend-claim-mail.ts';
export type { IssuingStops, IssuingTurn, ResumeReason, StopReason } from './awards/stop-issuing.ts';
export type { Withdrawal, WithdrawalReason, WithdrawalResult } from './awards/withdraw.ts';
export type { ClaimHandler } from './claims/claim-handler.ts';
export type {
  ClaimedAward,
  ClaimHandlerOptions,
  HostPerson,
  HostProof,
  LinkAloneProof,
} from './claims/claim-handler-options.ts';
export { generateClaimKey } from './claims/claim-key.ts';
export type { ClaimOutcome, ClaimRequest } from './claims/submit-claim.ts';
export type { AwardFile } from './documents/award-file.ts';
export type { DocumentHandler, DocumentHandlerOptions } from './documents/document-handler.ts';
export type { DocumentOptions, UploadLink } from './documents/document-settings.ts';
export type { Brand, FlowContext } from './flow-context.ts';
export type { FlowNotice, NoticeListener } from './flow-notice.ts';
export { createInbox, type Inbox, type InboxBudget } from './inbox/inbox.ts';
export type { EndpointRequest, EndpointResult } from './inbox/create-endpoint.ts';
export type { EndpointStanding } from './inbox/list-endpoints.ts';
export type { InboxDelivery, RefusalReason, UnavailableReason } from './inbox/inbox-delivery.ts';
export type { InboxEvent, InboxEventKind, InboxHandler, InboxHandlers } from './inbox/inbox-handler.ts';
export type { InboxOptions } from './inbox/inbox-options.ts';
export type { ReplayRequest, ReplayResult } from './inbox/replay.ts';
export type { RotationRequest, RotationResult } from './inbox/rotate-secret.ts';
export type { WebhookReceiver } from './inbox/receiver.ts';
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
export type { MailTrouble, MutedRecipient } from './mail/mail-troubles.ts';
export type { QuietHours } from './mail/quiet-hours.ts';
export type { BounceOutcome, BounceReport } from './mail/record-bounce.ts';
export type { ReminderOptions } from './mail/reminder-plan.ts';
export { lagBound } from './polling/poll-plan.ts';
export type { PollBudget, PollReport } from './polling/poll-submissions.ts';
export type { Drift, ReconcileOptions } from './polling/reconcile.ts';
export { sharedQuota, type SharedQuotaOptions } from './quota/shared-quota.ts';
export type { Course } from './reports/course.ts';
export type { Milestone } from './reports/milestone.ts';
export type { Period, ReportStep } from './reports/periods.ts';
export type {
  MilestoneCounts,
  Report,
  ReportFigures,
  ReportGroup,
  ReportGrouping,
  ReportOptions,
  ReportPeriod,
} from './reports/report.ts';
export { createMemoryStore } from './store/memory/memory-store.ts';
export type * from './store/audit.ts';
export type * from './store/documents.ts';
export type * from './store/erasures.ts';
export type * from './store/inbox.ts';
export * from './store/ports.ts';
export type * from './store/reports.ts';
export type * from './store/rows.ts';
export type * from './store/verifications.ts';
export type * from './store/watching.ts';
export { qrPng, qrSvg } from './qr/qr-code.ts';
export { previewClaimPages } from './pages/preview-claim-pages.ts';
