import { Inject } from '@nestjs/common';
import {
  getAddFlowToken,
  getInboxToken,
  getSeekPassHealthToken,
  getSeekPassMetricsToken,
  getSeekPassToken,
  getVerifyFlowToken,
} from './tokens.ts';

type InjectDecorator = PropertyDecorator & ParameterDecorator;

/**
 * Injects the client of SEEK Pass of a registration. Without a name it is that of the registration without one, which
 * `constructor(private readonly seekPass: SeekPass)` gets as well.
 */
export const InjectSeekPass = (name?: string): InjectDecorator => Inject(getSeekPassToken(name));

/** Injects the `AddFlow` of a registration. Using it fails with the setting to add when the registration has none. */
export const InjectAddFlow = (name?: string): InjectDecorator => Inject(getAddFlowToken(name));

/** Injects the `VerifyFlow` of a registration. Using it fails with the setting to add when the registration has none. */
export const InjectVerifyFlow = (name?: string): InjectDecorator => Inject(getVerifyFlowToken(name));

/** Injects the webhook `Inbox` of a registration. Using it fails with the setting to add when the registration has none. */
export const InjectInbox = (name?: string): InjectDecorator => Inject(getInboxToken(name));

/** Injects the `SeekPassHealth` of a registration: every one with a flow or webhooks has it; one without needs its option `health`. */
export const InjectSeekPassHealth = (name?: string): InjectDecorator => Inject(getSeekPassHealthToken(name));

/**
 * Injects the `HostMetrics` of a registration with the option `metrics`, for an endpoint of your own that only the operator reaches:
 * `await metrics.prometheus()`.
 */
export const InjectSeekPassMetrics = (name?: string): InjectDecorator =>
  Inject(getSeekPassMetricsToken(name));
