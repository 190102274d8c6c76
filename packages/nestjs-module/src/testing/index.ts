export { claimLinkOf, type MailCollector } from './mail-collector.ts';
export type { FailedWork } from './run-due.ts';
export { startTestSeekPass, type TestSeekPass, type TestSeekPassOptions } from './start-test-seek-pass.ts';
export type { TimeStep } from './movable-clock.ts';
export type { LearnerOptions, StartedVerification, TestLearner } from './test-learner.ts';
export type { TestOptions } from './test-options.ts';
export type {
  TestEventMembers,
  TestSignature,
  TestWebhook,
  TestWebhooks,
  WebhookAnswer,
} from './test-webhooks.ts';
