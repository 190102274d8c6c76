import type { SubmissionRow } from '../rows.ts';
import type { WatchReads } from '../watching.ts';
import type { MemoryTable, View } from './memory-table.ts';

/** Look-ups of what an operator watches. */
export function watchReads(
  { submissions }: { readonly submissions: MemoryTable<SubmissionRow> },
  view: View,
): WatchReads {
  return {
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
