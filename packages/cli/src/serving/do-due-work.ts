import type { AddFlow, DueReport, RunReport } from '@seek-pass-kit/flows';
import type { ServedPart } from './served-part.ts';

/** Who has work in `seek-pass serve`. */
export interface Workers {
  readonly flow: Pick<AddFlow, 'runDue'>;
  readonly parts: ReadonlyArray<Pick<ServedPart, 'runDue'>>;
  /** Done after each run. */
  readonly alsoDo?: (() => Promise<void>) | undefined;
}

/** Does what is due in the flow and in each part. What fails in one holds up no other; the first failure is thrown when all had their turn. */
export async function doDueWork(
  { flow, parts, alsoDo }: Workers,
  budget: { readonly budgetMs: number; readonly signal?: AbortSignal },
): Promise<DueReport> {
  const failures: unknown[] = [];
  const attempt = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      failures.push(error);
      return undefined;
    });
  const report = await attempt(flow.runDue(budget));
  const jobs = report === undefined ? [] : [report.jobs];
  for (const { runDue } of parts) {
    const ofPart = runDue === undefined ? undefined : await attempt(runDue(budget));
    if (ofPart !== undefined) jobs.push(ofPart);
  }
  await alsoDo?.();
  if (report === undefined || failures.length > 0) throw failures[0];
  return { ...report, jobs: together(jobs) };
}

/** `ended` is that of the part which has most left to do. */
function together(reports: readonly RunReport[]): RunReport {
  const sum = (outcome: 'done' | 'retried' | 'dead' | 'lost') =>
    reports.reduce((total, report) => total + report[outcome], 0);
  const busy = reports.find(({ ended }) => ended !== 'nothing_due');
  return {
    done: sum('done'),
    retried: sum('retried'),
    dead: sum('dead'),
    lost: sum('lost'),
    ended: busy?.ended ?? 'nothing_due',
  };
}
