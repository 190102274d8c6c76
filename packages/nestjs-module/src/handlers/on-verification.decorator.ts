import type { VerificationEventType } from '@seek-pass-kit/flows';
import type { VerificationEventOf } from './handled-event.ts';
import { type HandlerDecorator, type HandlerOptions, markHandler } from './handler-mark.ts';

/**
 * Has a method of a provider or controller told what became of verifications: events of these types, or of all (`'*'`). See
 * `VerificationEventType`. They hold ids; ask `VerifyFlow.status` or `result` for more.
 *
 * ```ts
 * @OnVerification('decided')
 * async onDecided({ verificationId }: VerificationEvent): Promise<void> {}
 * ```
 *
 * The method is called by a worker, at least once for each event, never while a request is answered. When it throws, it is called again later,
 * with waits in between, up to 16 times; no other handler is called again for that. The application does not start when `client` names a
 * registration that is not there or has no `verifyFlow`.
 */
export function OnVerification<const Type extends VerificationEventType | '*'>(
  ...types: [Type, ...Type[]]
): HandlerDecorator<VerificationEventOf<Type>>;
export function OnVerification<const Type extends VerificationEventType | '*'>(
  ...typesAndOptions: [Type, ...Type[], HandlerOptions]
): HandlerDecorator<VerificationEventOf<Type>>;
export function OnVerification(...settings: Array<string | HandlerOptions>): HandlerDecorator<never> {
  return markHandler('verification', settings);
}
