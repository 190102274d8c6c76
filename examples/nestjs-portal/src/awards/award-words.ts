import type { AwardState } from '@seek-pass-kit/flows';

/** How a state is said, to the student and to staff. */
export interface StateWords {
  readonly name: string;
  /** Chooses the colour; never the only sign of anything. */
  readonly tone: 'waiting' | 'good' | 'quiet' | 'attention';
  readonly toStudent: string;
}

/** Nobody is told "you declined" unless SEEK Pass said so: `closed` is not `declined`. */
const words: Readonly<Record<AwardState, StateWords>> = {
  ready: { name: 'Not added yet', tone: 'waiting', toStudent: 'Add it whenever you like.' },
  submitted: {
    name: 'Waiting for you in SEEK Pass',
    tone: 'waiting',
    toStudent: 'You were there, and it is not accepted yet. You can go on where you left.',
  },
  added: {
    name: 'Added',
    tone: 'good',
    toStudent:
      'It is in your SEEK Pass. Sign in to the SEEK Pass app within 48 hours of adding it, or it is not kept.',
  },
  declined: {
    name: 'Declined',
    tone: 'quiet',
    toStudent: 'You said no in SEEK Pass. You may still change your mind.',
  },
  closed: {
    name: 'Not added',
    tone: 'quiet',
    toStudent: 'It was closed at SEEK Pass before it was added. You can try again.',
  },
  rejected: {
    name: 'We have to correct something',
    tone: 'attention',
    toStudent: 'SEEK Pass did not take it as it is. We have been told, and write to you.',
  },
  withdrawn: {
    name: 'Withdrawn',
    tone: 'quiet',
    toStudent: 'The university took it back. A copy that you added stays in your SEEK Pass.',
  },
  superseded: { name: 'Replaced', tone: 'quiet', toStudent: 'A corrected one has taken its place.' },
  erased: { name: 'Deleted', tone: 'quiet', toStudent: 'Your data was deleted.' },
};

/** The words for a state. Of one that a later version brings, its own name. */
export function stateWords(state: string): StateWords {
  const known: Readonly<Record<string, StateWords>> = words;
  return known[state] ?? { name: state, tone: 'quiet', toStudent: '' };
}

const whats: Readonly<Record<string, string>> = {
  created: 'Issued',
  mail_requested: 'Mailed once more',
  recipient_changed: 'Given to another recipient or address',
  submitted: 'Sent to SEEK Pass by the student',
  added: 'Added to the wallet',
  added_after_withdrawal: 'Added to the wallet, although it was withdrawn',
  added_after_supersession: 'Added to the wallet, although it was replaced',
  declined: 'Declined by the student',
  expired: 'Not finished within 48 hours; it can be added again',
  closed: 'Closed at SEEK Pass, reason unknown',
  rejected: 'Refused by SEEK Pass',
  withdrawn: 'Withdrawn',
  superseded: 'Replaced by a corrected one',
  link_copied: 'Claim link shown to staff',
  link_rotated: 'New claim link made',
};

/** A line of the history in words. */
export function historyWords(what: string): string {
  return whats[what] ?? sentence(what);
}

/** `issued_in_error` → `Issued in error`. */
export function sentence(name: string): string {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
