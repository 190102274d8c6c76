import type { AddFlow } from '../../src/add-flow.ts';
import { runDue, type RunReport } from '../../src/jobs/runner.ts';
import { mailHandlers } from '../../src/mail/mail-handlers.ts';
import type { WorkPart } from '../../src/node/work-loop.ts';

/** A flow as part of a host; with a lease of its own it is done piece by piece, as `AddFlow.runDue` does it with the usual one. */
export function workWith(
  flow: AddFlow,
  leaseMs: number | undefined,
  onReport: (report: RunReport) => void,
): WorkPart {
  if (leaseMs === undefined) return flow;
  return {
    async runDue(budget) {
      const polling = await flow.poll(budget);
      const { context } = flow;
      const { store, clock, random, issuer } = context;
      const runner = { store, clock, random, issuers: [issuer] };
      const jobs = await runDue(runner, { ...budget, leaseMs, handlers: mailHandlers(context) });
      if (jobs.ended !== 'nothing_due' || jobs.done + jobs.lost > 0) onReport(jobs);
      return { jobs, polling };
    },
  };
}
