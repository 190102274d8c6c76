import type { WithdrawalReason, WithdrawalResult } from '@seek-pass-kit/flows';

/** Why staff may withdraw. */
export const withdrawalReasons: ReadonlyArray<{ readonly value: WithdrawalReason; readonly name: string }> = [
  { value: 'issued_in_error', name: 'It was issued in error' },
  { value: 'wrong_recipient', name: 'It is somebody else’s' },
  { value: 'wrong_content', name: 'Something in it is wrong' },
  { value: 'revoked', name: 'The university revoked it' },
  { value: 'asked_by_learner', name: 'The student asked for it' },
  { value: 'other', name: 'Another reason' },
];

/** What was reached, and what cannot be. */
export function withdrawalWords(result: WithdrawalResult): string {
  switch (result.outcome) {
    case 'withdrawn':
    case 'already_withdrawn':
      if (result.inWallet) {
        return 'Withdrawn here. The copy in the student’s wallet stays there: nothing of ours can take it out.';
      }
      return result.openAtSeekPass
        ? 'Withdrawn here. The student is at it in SEEK Pass and can still finish: you are told if that happens.'
        : 'Withdrawn. It was not in a wallet, and cannot be added any more.';
    case 'superseded':
      return 'Nothing was changed: a corrected one has taken its place. Withdraw that one, if you mean it.';
    case 'unknown_award':
      return 'There is no such credential.';
  }
}
