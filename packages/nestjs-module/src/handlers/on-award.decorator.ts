import type { AwardEventType } from '@seek-pass-kit/flows';
import type { AwardEventOf } from './handled-event.ts';
import { type HandlerDecorator, type HandlerOptions, markHandler } from './handler-mark.ts';

/**
 * Has a method of a provider or controller told what became of awards at SEEK Pass: events of these types, or of all (`'*'`). See `AwardEventType`.
 *
 * ```ts
 * @OnAward('added', 'added_after_withdrawal')
 * async onAdded({ awardId, attempt }: AwardEvent): Promise<void> {}
 * ```
 *
 * The method is called by a worker, at least once for each event, never while a request is answered. When it throws, it is called again later,
 * with waits in between, up to 16 times; no other handler is called again for that. The application does not start when `client` names a
 * registration that is not there or has no `addFlow`.
 */
export function OnAward<const Type extends AwardEventType | '*'>(
  ...types: [Type, ...Type[]]
): HandlerDecorator<AwardEventOf<Type>>;
export function OnAward<const Type extends AwardEventType | '*'>(
  ...typesAndOptions: [Type, ...Type[], HandlerOptions]
): HandlerDecorator<AwardEventOf<Type>>;
export function OnAward(...settings: Array<string | HandlerOptions>): HandlerDecorator<never> {
  return markHandler('award', settings);
}
