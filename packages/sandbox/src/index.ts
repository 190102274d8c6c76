export { startSandbox } from './start-sandbox.ts';
export type { Sandbox, SandboxClient, SandboxOptions } from './start-sandbox.ts';
export { SandboxError } from './sandbox-error.ts';
export type { SandboxErrorCode } from './sandbox-error.ts';
export type { ClockView, ControlApi, SandboxStateView } from './control/control-api.ts';
export type {
  DeliveryView,
  EndpointView,
  SubmissionView,
  VerificationView,
} from './control/control-views.ts';
export type { Fault, FaultEffect, FaultRule } from './world/faults.ts';
export type { LoggedRequest } from './world/request-log.ts';
export type { Mail, MailAttachment } from './world/mailbox.ts';
export { personas } from './world/personas.ts';
export type { Persona } from './world/personas.ts';
export { behaviourAreas, behaviours } from './behaviours.ts';
export type { Behaviour, BehaviourArea } from './behaviours.ts';
