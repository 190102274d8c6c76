import { type JobHandler, type JobHandlers, runDue, type RunnerContext } from './runner.ts';

/** A job that nobody has done for so long waits for a handler that is gone: a deployment takes less, and so does mending one. */
const leftAfterMs = 7 * 24 * 3_600_000;

/** Of its own: a process that is always busy has to come to it, too. What is left over is for the next time. */
const budgetMs = 2_000;

/** Which jobs are somebody's by name. */
export interface NamedJobs {
  /** Their kinds start with it; the rest is the name. */
  readonly prefix: string;
  /** Of this process. */
  readonly handlers: JobHandlers;
  /** Says of a job that nobody does it. Default: it is done. */
  readonly end?: JobHandler;
}

/**
 * Ends what waits for handlers that this process does not have and that no process has had for a week, so that a handler which was renamed or
 * removed holds up and worries nobody for ever. Tells of it by the notice `listener_gone`.
 */
export async function endLeftovers(
  context: RunnerContext,
  { prefix, handlers, end = async () => undefined }: NamedJobs,
  signal?: AbortSignal,
): Promise<void> {
  const { store, clock, issuers, onNotice } = context;
  const before = clock.now() - leftAfterMs;
  for (const issuer of issuers) {
    const overdue = await store.jobs.overdueKinds(issuer, before);
    for (const kind of overdue.filter((name) => name.startsWith(prefix) && !Object.hasOwn(handlers, name))) {
      const run = { budgetMs, handlers: { [kind]: end }, ...(signal === undefined ? {} : { signal }) };
      const { done } = await runDue({ ...context, issuers: [issuer] }, run);
      if (done > 0) onNotice?.({ event: 'listener_gone', kind, jobs: done });
    }
  }
}
