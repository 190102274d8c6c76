import type { VerificationState } from '@seek-pass-kit/flows';
import { type Html, html } from '../web/html.ts';

interface Words {
  readonly name: string;
  readonly tone: 'waiting' | 'good' | 'quiet' | 'attention';
  readonly toStaff: string;
  readonly toStudent: string;
}

const words: Readonly<Record<VerificationState, Words>> = {
  created: {
    name: 'Not started yet',
    tone: 'waiting',
    toStaff: 'The link has not been used.',
    toStudent: 'You have not started.',
  },
  failed: {
    name: 'Not started yet',
    tone: 'waiting',
    toStaff: 'SEEK Pass did not take it at the first try. The link can be tried again.',
    toStudent: 'SEEK Pass did not answer. Please try again.',
  },
  open: {
    name: 'Waiting for the student',
    tone: 'waiting',
    toStaff: 'The student is at SEEK Pass, or has left it.',
    toStudent: 'You started, and have not finished in SEEK Pass.',
  },
  matched: {
    name: 'Matched',
    tone: 'good',
    toStaff: 'Name and date of birth are those on record.',
    toStudent: 'SEEK Pass confirmed who you are.',
  },
  mismatched: {
    name: 'Not matched',
    tone: 'attention',
    toStaff: 'It is somebody else than the person on record. Do not go on with this person.',
    toStudent: 'The person in SEEK Pass is not the one on record. Please come to the front desk.',
  },
  needs_person: {
    name: 'Needs a person',
    tone: 'attention',
    toStaff: 'The names are alike and not the same, or could not be read. Compare them with a document.',
    toStudent: 'Somebody at the university looks at it.',
  },
  anyone: {
    name: 'Verified',
    tone: 'good',
    toStaff: 'Somebody was verified; nobody in particular was expected.',
    toStudent: 'SEEK Pass confirmed who you are.',
  },
  held: {
    name: 'Held',
    tone: 'attention',
    toStaff:
      'Somebody finished it in another browser than the one that started. The result counts for nobody: start anew.',
    toStudent: 'It was finished in another browser than the one that started. Please start again.',
  },
  canceled: {
    name: 'Canceled',
    tone: 'quiet',
    toStaff: 'It was canceled in SEEK Pass.',
    toStudent: 'It was canceled in SEEK Pass. You can start again.',
  },
  expired: {
    name: 'Over',
    tone: 'quiet',
    toStaff: 'It was not finished in time.',
    toStudent: 'It was not finished in time. You can start again.',
  },
  redacted: {
    name: 'Deleted',
    tone: 'quiet',
    toStaff: 'Its data was deleted.',
    toStudent: 'Its data was deleted.',
  },
};

/** The words for a state. Of one that a later version brings, its own name. */
export function verificationWords(state: string): Words {
  const known: Readonly<Record<string, Words>> = words;
  return known[state] ?? { name: state, tone: 'quiet', toStaff: '', toStudent: '' };
}

export function verificationBadge(state: string): Html {
  const { name, tone } = verificationWords(state);
  return html`<span class="badge ${tone}">${name}</span>`;
}
