import type { WebhookSignatureReason } from '@seek-pass-kit/core';

/** Why a delivery was refused: the reasons of a bad signature, and what is looked at before it. */
export type RefusalReason = WebhookSignatureReason | 'wrong_method' | 'wrong_path' | 'encoded' | 'too_large';

/** Why a delivery could not be taken, and is to come again. `under_way`: the same event came before and is not stored yet. */
export type UnavailableReason = 'store' | 'no_secret' | 'secrets_not_fresh' | 'under_way';

/**
 * What became of one delivery.
 *
 * - `stored`: a new event, answered 204. `duplicate`: it was stored before, answered 204.
 * - `refused`: answered with a status of 4xx; nothing was asked of the database.
 * - `quarantined`: it fits no known secret while one is being rotated; answered 503, and judged again with the new one.
 * - `recovered`: one of these fitted the new secret and is stored now; `lost`: it never fitted.
 * - `unavailable`: answered 503.
 */
export type InboxDelivery =
  | {
      readonly outcome: 'stored' | 'duplicate';
      /** Whether a former secret signed it: SEEK Pass goes on signing with that for a while after a rotation, or never took the new one. */
      readonly formerSecret: boolean;
    }
  | { readonly outcome: 'refused'; readonly reason: RefusalReason }
  | { readonly outcome: 'unavailable'; readonly reason: UnavailableReason }
  | { readonly outcome: 'quarantined' | 'recovered' | 'lost' };
