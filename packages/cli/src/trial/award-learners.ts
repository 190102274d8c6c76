import type { AddFlow, AwardProblem } from '@seek-pass-kit/flows';
import type { Finding } from '@seek-pass-kit/flows/bulk';
import type { CommandContext } from '../command-context.ts';
import { startProgressBar } from '../terminal/progress-bar.ts';
import type { Learners, ReadyRow } from './read-learners.ts';

/** A learner who has an award. */
export interface AwardedRow {
  readonly row: ReadyRow;
  readonly awardId: string;
  /** The claim link, as the learner's mail has it. Shown by a trial only: everything in it is made up. */
  readonly link: string;
}

/** A row that came to nothing. */
export interface RejectedRow {
  readonly row: Pick<ReadyRow, 'row' | 'key' | 'recipient'>;
  readonly findings: readonly Finding[];
}

/** What became of the rows, each group in the order of the file. */
export interface AwardedLearners {
  readonly awarded: readonly AwardedRow[];
  readonly rejected: readonly RejectedRow[];
}

/** Awards every row that can be awarded, and queues the mails. */
export async function awardLearners(
  flow: AddFlow,
  { ready, rejected }: Learners,
  { terminal, now, who }: CommandContext,
): Promise<AwardedLearners> {
  const awarded: AwardedRow[] = [];
  const refused: RejectedRow[] = rejected.map((row) => ({ row, findings: row.findings }));
  const rows = ready.values();
  const bar = startProgressBar(terminal, { label: 'Awarding', now });
  try {
    const inputs = ready.map(({ input }) => input);
    for await (const result of flow.awardMany(inputs, { runId: 'trial', who })) {
      const row = rows.next().value;
      if (row === undefined) throw new Error('A result of awarding belongs to no row.');
      if (result.result === 'refused') refused.push({ row, findings: result.problems.map(findingOf) });
      else awarded.push({ row, awardId: result.awardId, link: await linkOf(flow, result.awardId, who) });
      bar.show({ done: awarded.length + refused.length - rejected.length, total: ready.length });
    }
  } finally {
    bar.end();
  }
  return { awarded, rejected: refused.sort((one, other) => one.row.row - other.row.row) };
}

async function linkOf(flow: AddFlow, awardId: string, who: string): Promise<string> {
  const link = await flow.claimLink({ awardId, who });
  if (link.outcome !== 'link') throw new Error('A new award has no claim link.');
  return link.url;
}

function findingOf({ path, code, message, remedy }: AwardProblem): Finding {
  return { severity: 'problem', field: path, code, message: `${path} ${message}`, remedy };
}
