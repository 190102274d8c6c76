import type { MailRow, SubmissionRow } from '../rows.ts';
import type { WatchReads } from '../watching.ts';
import { keyOf, type MemoryTable, type View } from './memory-table.ts';

/** Look-ups of what an operator watches. */
export function watchReads(
  {
    mails,
    submissions,
  }: { readonly mails: MemoryTable<MailRow>; readonly submissions: MemoryTable<SubmissionRow> },
  view: View,
): WatchReads {
  return {
    async countMailsIn(issuer, states) {
      const counts = states.map((state) => [state, mails.find('state', keyOf(issuer, state), view).length]);
      return Object.fromEntries(counts.filter(([, count]) => count !== 0)) as Record<string, number>;
    },
    async openSubmissions(issuer, times) {
      const open = submissions
        .find('polled', issuer, view)
        .filter(({ outcome }) => outcome === 'open')
        .map(({ submittedAt }) => submittedAt);
      return {
        count: open.length,
        oldest: open.reduce<number | null>((oldest, at) => Math.min(oldest ?? at, at), null),
        sumOfTimes: open.reduce((sum, at) => sum + at, 0),
        submittedBy: times.map((time) => open.filter((at) => at <= time).length),
      };
    },
  };
}
