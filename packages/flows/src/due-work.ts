import type { AddFlowOptions } from './add-flow-options.ts';
import { auditHeadHandler, auditHeadJob, auditHeadKind } from './audit/audit-head.ts';
import { sealAudit } from './audit/seal-audit.ts';
import { awardEventKind, awardEventOf } from './awards/award-event.ts';
import type { FlowContext } from './flow-context.ts';
import { harmless } from './flow-notice.ts';
import { listenerJobs, listenerKindPrefix } from './jobs/host-listeners.ts';
import { endLeftovers } from './jobs/leftover-jobs.ts';
import { type JobHandlers, runDue, type RunReport } from './jobs/runner.ts';
import { mailHandlers } from './mail/mail-handlers.ts';
import { pollFailures } from './polling/poll-failures.ts';
import { type PollBudget, type PollReport, pollSubmissions } from './polling/poll-submissions.ts';
import { foldReports } from './reporting/make-report.ts';
import { retentionHandler, retentionKind, scheduleRetention } from './retention/retention-job.ts';

/** What one `runDue` did. */
export interface DueReport {
  readonly jobs: RunReport;
  readonly polling: PollReport;
}

const sweepIntervalMs = 3_600_000;
const foldIntervalMs = 60_000;

type DueWorkOptions = Pick<AddFlowOptions, 'onAuditHead' | 'onEvent' | 'onNotice' | 'handlers'>;

/** What an add flow does by itself, and when this process did last what is not due each time. */
export class DueWork {
  readonly #options: DueWorkOptions;
  readonly #tellPolling: (polling: PollReport) => void;
  #sweepAt = 0;
  #foldAt = 0;
  /** Of the day for which the head of the audit chain was asked for last. */
  #headJob = '';

  constructor(options: DueWorkOptions) {
    this.#options = options;
    this.#tellPolling = pollFailures(harmless(options.onNotice ?? (() => undefined)));
  }

  /** See `AddFlow.runDue`. */
  async run(context: FlowContext, budget: PollBudget): Promise<DueReport> {
    const { store, clock, random, issuer, onNotice } = context;
    const until = clock.now() + budget.budgetMs;
    const unchained = await this.#chain(context, { ...budget, budgetMs: budget.budgetMs / 4 }).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const polling = await pollSubmissions(context, { ...budget, budgetMs: budget.budgetMs / 2 });
    this.#tellPolling(polling);
    const runner = {
      store,
      clock,
      random,
      issuers: [issuer],
      ...(onNotice === undefined ? {} : { onNotice }),
    };
    const rest = { ...budget, budgetMs: until - clock.now() };
    const handlers = this.#handlers(context);
    const jobs = await runDue(runner, { ...rest, handlers });
    if (clock.now() >= this.#foldAt) {
      this.#foldAt = clock.now() + foldIntervalMs;
      await foldReports(context);
    }
    if (clock.now() >= this.#sweepAt) {
      this.#sweepAt = clock.now() + sweepIntervalMs;
      await store.sweep(clock.now());
      await scheduleRetention(context);
      await endLeftovers(runner, { prefix: listenerKindPrefix(awardEventKind), handlers }, budget.signal);
    }
    if (unchained !== undefined) throw unchained.error;
    return { jobs, polling };
  }

  /** Chains the audit trail, and once a day, by UTC, has its head handed over, whichever process comes first. */
  async #chain(context: FlowContext, budget: PollBudget): Promise<void> {
    await sealAudit(context, budget);
    const { issuer, store, clock } = context;
    const job = auditHeadJob(issuer, clock.now());
    if (this.#options.onAuditHead === undefined || job.id === this.#headJob) return;
    if ((await store.read.lastAuditLink(issuer)) === undefined) return;
    await store.transaction((tx) => tx.enqueue([job]));
    this.#headJob = job.id;
  }

  #handlers(context: FlowContext): JobHandlers {
    const { onAuditHead, onEvent, handlers } = this.#options;
    return {
      ...(onAuditHead === undefined ? {} : { [auditHeadKind]: auditHeadHandler(context, onAuditHead) }),
      ...listenerJobs({ ...context, kind: awardEventKind, eventOf: awardEventOf, listeners: onEvent }),
      ...mailHandlers(context),
      [retentionKind]: retentionHandler(context),
      ...handlers?.(context),
    };
  }
}
