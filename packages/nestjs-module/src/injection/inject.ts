import { Inject } from '@nestjs/common';
import { getAddFlowToken, getInboxToken, getSeekPassToken, getVerifyFlowToken } from './tokens.ts';

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
