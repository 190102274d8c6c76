import type { CanceledEvent, VerifiedEvent } from '@seek-pass-kit/core/webhooks';
import type {
  AwardEvent,
  AwardEventType,
  InboxEvent,
  VerificationEvent,
  VerificationEventType,
} from '@seek-pass-kit/flows';

/** Types of webhook events that SEEK Pass documents. There may be more. */
export type SeekPassEventType = (VerifiedEvent | CanceledEvent)['type'];

/**
 * The webhook event of a type: of a documented one with its `kind` and the verification that it tells of; of `'*'` the union of all, to be told
 * apart by `kind`.
 */
export type SeekPassEventOf<Type extends string> = Type extends '*'
  ? SeekPassEventOf<SeekPassEventType> | (InboxEvent & { readonly kind: 'unknown' })
  : Type extends VerifiedEvent['type']
    ? InboxEvent & { readonly type: Type; readonly kind: 'verified'; readonly requestId: string }
    : Type extends CanceledEvent['type']
      ? InboxEvent & { readonly type: Type; readonly kind: 'canceled'; readonly requestId: string }
      : InboxEvent & { readonly type: Type; readonly kind: 'unknown' };

/** The event of an award of a type; of `'*'` the union of all, to be told apart by `type`. */
export type AwardEventOf<Type extends AwardEventType | '*'> = Type extends '*'
  ? AwardEventOf<AwardEventType>
  : AwardEvent & { readonly type: Type };

/** The event of a verification of a type; of `'*'` the union of all, to be told apart by `type`. */
export type VerificationEventOf<Type extends VerificationEventType | '*'> = Type extends '*'
  ? VerificationEventOf<VerificationEventType>
  : VerificationEvent & { readonly type: Type };
