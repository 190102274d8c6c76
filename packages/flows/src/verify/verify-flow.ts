import { ConfigurationError } from '@seek-pass-kit/core';
import { decideAnew } from '../awards/decide-anew.ts';
import { harmless } from '../flow-notice.ts';
import type { InboxHandler } from '../inbox/inbox-handler.ts';
import { listenerJobs, listenerKindPrefix } from '../jobs/host-listeners.ts';
import { endLeftovers } from '../jobs/leftover-jobs.ts';
import { type JobHandlers, runDue, type RunReport } from '../jobs/runner.ts';
import { pollFailures } from '../polling/poll-failures.ts';
import type { PollBudget } from '../polling/poll-submissions.ts';
import {
  createStartLink,
  createVerification,
  referenceHash,
  type StartLink,
  type VerificationStart,
} from './create-verification.ts';
import { pollVerifications, type VerifyPollReport } from './poll-verifications.ts';
import { purgeVerifications } from './purge-verifications.ts';
import {
  redactVerification,
  type VerificationRedaction,
  type VerificationRedactionResult,
} from './redact-verification.ts';
import { eventTypeOf, verificationEventKind, verificationEventOf } from './verification-event.ts';
import { verificationStandingOf } from './verification-facts.ts';
import type { StartLinkInput, VerificationInput } from './verification-input.ts';
import { type VerificationResult, verificationResult } from './verification-result.ts';
import { statusOf, type VerificationStatus } from './verification-status.ts';
import type { VerifyContext } from './verify-context.ts';
import { type VerifyFlowOptions, verifyContextOf } from './verify-flow-options.ts';
import { createVerifyHandler, type VerifyHandler, type VerifyHandlerOptions } from './verify-handler.ts';
import { verifyInboxHandler } from './verify-inbox-handler.ts';
import { verifyFingerprint } from './verify-secrets.ts';

/** What one `runDue` did. */
export interface VerifyDueReport {
  readonly jobs: RunReport;
  readonly polling: VerifyPollReport;
  /** Verifications whose sealed data was wiped because its time was over. */
  readonly purged: number;
}

/**
 * Makes the verify flow of one issuer. Opens and sends nothing before {@link VerifyFlow.start}.
 *
 * ```ts
 * const verify = createVerifyFlow({ seekPass, environment, store, keys, callbackBaseUrl, brand, onDecision });
 * await verify.start();
 * const started = await verify.createVerification({ reference: 'application 17', expected: { fullName, dateOfBirth } });
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function createVerifyFlow(options: VerifyFlowOptions): VerifyFlow {
  return new VerifyFlow(options);
}

const sweepIntervalMs = 3_600_000;
const mostOfReference = 100;

/** The verify flow of one issuer: "Verify with SEEK Pass" made durable. Every method may run in any number of processes at once. */
export class VerifyFlow {
  readonly #options: VerifyFlowOptions;
  readonly #context: VerifyContext;
  readonly #tellPolling: (polling: VerifyPollReport) => void;
  #started = false;
  #sweepAt = 0;

  /** Use {@link createVerifyFlow}. */
  constructor(options: VerifyFlowOptions) {
    this.#options = options;
    this.#context = verifyContextOf(options);
    this.#tellPolling = pollFailures(harmless(options.onNotice ?? (() => undefined)), {
      of: 'verifications',
    });
  }

  /**
   * Binds the issuer's verifications to the key file, or stops when it is not the one they were made with. Call it once, before anything
   * else.
   *
   * @throws {ConfigurationError} `invalid_configuration`.
   */
  async start(): Promise<void> {
    const { issuer, store } = this.#context;
    const fingerprint = verifyFingerprint(this.#options.keys);
    await decideAnew(store, async (tx) => {
      const bound = await tx.verifyBinding(issuer);
      if (bound === undefined) return tx.bindVerifyFlow(issuer, fingerprint);
      if (bound === fingerprint) return;
      throw new ConfigurationError(
        `The verifications of issuer ${issuer} were made with another key file: restore the one that belongs to this database, or connect the right database.`,
      );
    });
    this.#started = true;
  }

  /** What the parts of the flow work with. */
  get context(): VerifyContext {
    if (this.#started) return this.#context;
    throw new ConfigurationError('The verify flow was not started: wait for start() before anything else.');
  }

  /**
   * Starts a verification for the browser that the host is answering now: call it while you answer that browser, and only then. Every call
   * is a new one.
   *
   * @throws {SeekPassError} `invalid_configuration`, `clock_skewed`, `hostile_redirect`: somebody has to hear of it.
   */
  async createVerification(input: VerificationInput): Promise<VerificationStart> {
    return createVerification(this.context, input);
  }

  /** Makes a link that starts a verification in the first browser that uses it: for a front desk or a letter. */
  async createStartLink(input: StartLinkInput): Promise<StartLink> {
    return createStartLink(this.context, input);
  }

  /**
   * The callback and the start pages, everything below `callbackBaseUrl`: mount them in any host that speaks `Request` and `Response`.
   */
  pages(options?: VerifyHandlerOptions): VerifyHandler {
    return createVerifyHandler(this.context, options);
  }

  /** Where a verification stands. */
  async status(verificationId: string): Promise<VerificationStatus | undefined> {
    const { issuer, store } = this.context;
    const row = await store.read.verification(issuer, verificationId);
    return row === undefined ? undefined : statusOf(row);
  }

  /** Where the verifications of a reference stand, newest first: at most 100. */
  async byReference(reference: string): Promise<VerificationStatus[]> {
    const { issuer, store } = this.context;
    const hash = referenceHash(this.context, reference);
    return (await store.read.verificationsByReference(issuer, hash, mostOfReference)).map(statusOf);
  }

  /** Who it was. See {@link VerificationResult}. */
  async result(verificationId: string): Promise<VerificationResult> {
    return verificationResult(this.context, verificationId);
  }

  /** Wipes everything personal of a verification, now. Check first that this member of staff may. */
  async redact(
    verificationId: string,
    redaction: VerificationRedaction,
  ): Promise<VerificationRedactionResult> {
    return redactVerification(this.context, verificationId, redaction);
  }

  /** How many verifications are in which state. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    const { issuer, store } = this.context;
    return store.read.countVerificationsByState(issuer);
  }

  /** What an inbox does with the webhook events of verifications. */
  get inboxHandler(): InboxHandler {
    return verifyInboxHandler(this.context);
  }

  /** Asks SEEK Pass about the verifications that are due. `runDue` does it too. */
  async poll(budget: PollBudget): Promise<VerifyPollReport> {
    return pollVerifications(this.context, budget);
  }

  /**
   * Asks about every verification that SEEK Pass has not ended, due or not: after webhooks may have been lost, as `onRotation` of the
   * inbox. What the budget leaves over is due for `runDue`.
   *
   * @param budget default five seconds, after which a rotation goes on.
   */
  async pollOpen(budget: PollBudget = { budgetMs: 5_000 }): Promise<VerifyPollReport> {
    const { store, issuer, seekPass } = this.context;
    await store.transaction((tx) => tx.hurryVerifications(issuer, seekPass.now()));
    return pollVerifications(this.context, budget);
  }

  /**
   * Does what is due: polls for at most half the time, wipes what is over, then tells the host. Call it from a cron, or again and again
   * from a worker.
   */
  async runDue(budget: PollBudget): Promise<VerifyDueReport> {
    const { store, clock, random, issuer, onNotice } = this.context;
    const until = clock.now() + budget.budgetMs;
    const polling = await pollVerifications(this.context, { ...budget, budgetMs: budget.budgetMs / 2 });
    this.#tellPolling(polling);
    const purged = await purgeVerifications(this.context);
    const notice = onNotice === undefined ? {} : { onNotice };
    const runner = { store, clock, random, issuers: [issuer], ...notice };
    const rest = { ...budget, budgetMs: until - clock.now() };
    const handlers = this.#handlers();
    const jobs = await runDue(runner, { ...rest, handlers });
    if (clock.now() >= this.#sweepAt) {
      this.#sweepAt = clock.now() + sweepIntervalMs;
      await store.sweep(clock.now());
      await endLeftovers(
        runner,
        { prefix: listenerKindPrefix(verificationEventKind), handlers },
        budget.signal,
      );
    }
    return { jobs, polling, purged };
  }

  #handlers(): JobHandlers {
    const { issuer, store, onDecision } = this.context;
    return listenerJobs({
      ...this.context,
      kind: verificationEventKind,
      listeners: onDecision,
      async eventOf(job) {
        const event = verificationEventOf(job);
        const row = await store.read.verification(issuer, event.verificationId);
        if (row === undefined) return undefined;
        // Something stronger may have come since: that has an event of its own.
        return eventTypeOf(verificationStandingOf(row.facts).state) === event.type ? event : undefined;
      },
    });
  }
}
