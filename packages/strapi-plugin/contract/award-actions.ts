/** Why a withdrawal; the fixed list of flows. */
export const withdrawalReasons = [
  'issued_in_error',
  'wrong_recipient',
  'wrong_content',
  'revoked',
  'asked_by_learner',
  'other',
] as const;

export type WithdrawalReasonName = (typeof withdrawalReasons)[number];

/** Answer of `POST /seek-pass/entries/withdraw` and `POST /seek-pass/issuances/:id/withdraw`. */
export interface AwardWithdrawn {
  readonly outcome: 'withdrawn' | 'already_withdrawn';
  /** The learner can still finish adding it. */
  readonly openAtSeekPass: boolean;
  /** It is in the wallet, and nothing can take it out. */
  readonly inWallet: boolean;
}

/** Answer of `POST /seek-pass/entries/resend` and `POST /seek-pass/issuances/:id/resend`. */
export interface AwardResent {
  readonly outcome: 'queued' | 'closed' | 'address_muted' | 'too_often';
}
