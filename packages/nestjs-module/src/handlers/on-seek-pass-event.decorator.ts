import type { SeekPassEventOf, SeekPassEventType } from './handled-event.ts';
import { type HandlerDecorator, type HandlerOptions, markHandler } from './handler-mark.ts';

/** Any other text, with the documented ones still proposed by editors. */
type AnyOther = string & Record<never, never>;

/**
 * Has a method of a provider or controller called with the webhook events of SEEK Pass: of these types, as they are sent, or of all (`'*'`).
 *
 * ```ts
 * @OnSeekPassEvent('vwsp_request.verified')
 * async onVerified({ requestId }: InboxEvent): Promise<void> {}
 * ```
 *
 * An event is a hint that anybody could have sent late or twice, and holds no result. What became of a verification is what `@OnVerification`
 * tells.
 *
 * The method is called by a worker, at least once for each event, after the event was stored and answered. When it throws, it is called again
 * later, with waits in between, up to 16 times, and no other handler is called again for that; then `Inbox.dead` lists the event, and
 * `Inbox.replay` hands it over once more. A method that returns `'parked'` does not know the verification yet: it is tried again for a while.
 * The application does not start when `client` names a registration that is not there or has no `webhooks`.
 */
export function OnSeekPassEvent<const Type extends SeekPassEventType | '*' | AnyOther>(
  ...types: [Type, ...Type[]]
): HandlerDecorator<SeekPassEventOf<Type>>;
export function OnSeekPassEvent<const Type extends SeekPassEventType | '*' | AnyOther>(
  ...typesAndOptions: [Type, ...Type[], HandlerOptions]
): HandlerDecorator<SeekPassEventOf<Type>>;
export function OnSeekPassEvent(...settings: Array<string | HandlerOptions>): HandlerDecorator<never> {
  return markHandler('event', settings);
}
