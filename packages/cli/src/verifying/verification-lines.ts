import type { VerdictReason, VerificationState, VerificationStatus } from '@seek-pass-kit/flows';
import type { Terminal } from '../terminal/terminal.ts';

const words: Readonly<Record<VerificationState, string>> = {
  created: 'waits for somebody to open the link',
  failed: 'SEEK Pass did not take the request: the link can be tried again',
  open: 'at SEEK Pass',
  held: 'HELD: somebody was verified, and not in the browser that started. Nobody gets the result: make another link.',
  matched: 'MATCHED: it is the person you expect',
  mismatched: 'NOT MATCHED: it is somebody else',
  needs_person: 'TO LOOK AT: nobody can say whether it is the person you expect',
  anyone: 'verified',
  canceled: 'canceled at SEEK Pass',
  expired: 'expired, judged by time',
  redacted: 'its data was wiped',
};

const reasons: Readonly<Partial<Record<VerdictReason, string>>> = {
  other_name: 'the name is another one',
  other_birth_date: 'the birth date is another one',
  similar_name: 'the names are alike and not the same',
  no_birth_date: 'the answer of SEEK Pass has no birth date',
  unreadable_answer: 'the answer of SEEK Pass could not be read',
  expectation_gone: 'it came so late that whom you expected was no longer stored',
};

/** How a verification stands, for a person. Never who it was. */
export function verificationLine({ state, decision }: VerificationStatus, { noteColors }: Terminal): string {
  const reason = decision === undefined ? undefined : reasons[decision.reason];
  const text = reason === undefined ? words[state] : `${words[state]} (${reason})`;
  if (state === 'matched') return noteColors.green(text);
  return ['mismatched', 'needs_person', 'held'].includes(state) ? noteColors.red(text) : text;
}

/** The same for a program: one line of JSON. */
export function verificationJson({ state, decision, verificationId, evidence }: VerificationStatus): string {
  const { verdict, reason } = decision ?? {};
  return JSON.stringify({ verificationId, state, evidence, verdict, reason });
}
