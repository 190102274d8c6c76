import { ConfigurationError } from '@seek-pass-kit/core';
import { decideAnew } from '../awards/decide-anew.ts';
import { endLeftovers } from '../jobs/leftover-jobs.ts';
import { type JobHandlers, runDue, type RunReport } from '../jobs/runner.ts';
import type { InboxCounts, InboxTaskRow } from '../store/inbox.ts';
import { createEndpoint, type EndpointRequest, type EndpointResult } from './create-endpoint.ts';
import { type EnsuredEndpoint, ensureEndpoints } from './ensure-endpoints.ts';
import { taskKindPrefix } from './event-tasks.ts';
import { eventJobs, unhandled } from './handle-event.ts';
import { type InboxContext, inboxContextOf, type InboxOptions } from './inbox-options.ts';
import { acceptedSecrets } from './judge-delivery.ts';
import { type EndpointStanding, listEndpoints } from './list-endpoints.ts';
import { recheckQuarantine } from './quarantine.ts';
import { createReceiver, type WebhookReceiver } from './receiver.ts';
import { type ReplayRequest, type ReplayResult, replayEvent, unparkEvents } from './replay.ts';
import { rotateSecret, type RotationRequest, type RotationResult } from './rotate-secret.ts';
import { rotationJobs } from './rotation-job.ts';
import { type SampleDelivery, sampleDelivery, type SampleEvent } from './sample-delivery.ts';
import { SecretBook } from './secret-book.ts';
import { eventStore, type StoreEvent } from './store-events.ts';

/** How long and how to work. */
export interface InboxBudget {
  /** No event is begun after this time, in milliseconds; those that run are finished. */
  readonly budgetMs: number;
  readonly signal?: AbortSignal;
  /** Events at once. Default 8. */
  readonly concurrency?: number;
}

/**
 * Makes the inbox of one issuer. Opens and sends nothing before {@link Inbox.start}.
 *
 * ```ts
 * const inbox = createInbox({ environment, seekPass, store, keys, receiverUrl, handlers: { verify: verifyFlow.inboxHandler } });
 * await inbox.start();
 * await inbox.createEndpoint({ who: 'staff-7' });
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function createInbox(options: InboxOptions): Inbox {
  return new Inbox(inboxContextOf(options));
}

const recheckEveryMs = 5_000;
const sweepEveryMs = 3_600_000;
const mostSwept = 1_000;

/**
 * Receives the webhook events of one issuer: each is verified, stored, answered, and then handled by a worker, at each handler by itself.
 * Every method may run in any number of processes at once.
 */
export class Inbox {
  readonly #context: InboxContext;
  readonly #book: SecretBook;
  readonly #storeEvent: StoreEvent;
  #started = false;
  #recheckAt = 0;
  #sweepAt = 0;

  /** Use {@link createInbox}. */
  constructor(context: InboxContext) {
    this.#context = context;
    this.#book = new SecretBook(context);
    this.#storeEvent = eventStore(context);
  }

  /** Reads the secrets, and goes on reading them until {@link Inbox.close}. Call it once, before anything else. */
  async start(): Promise<void> {
    await this.#book.open();
    this.#started = true;
  }

  /** Ends the reading of secrets. What is being stored is stored. */
  close(): void {
    this.#book.close();
  }

  /** Answers what SEEK Pass sends to `receiverUrl`: mount it there, before anything that reads bodies. */
  receiver(): WebhookReceiver {
    this.#mustHaveStarted();
    return createReceiver(this.#context, this.#book, this.#storeEvent);
  }

  /**
   * Does what is due: goes on with a rotation, judges the quarantine again, hands events to their handlers. Call it from a cron, or again
   * and again from a worker; it returns when nothing is due or the time is over.
   */
  async runDue(budget: InboxBudget): Promise<RunReport> {
    this.#mustHaveStarted();
    const { store, clock, random, issuer, onNotice } = this.#context;
    const until = clock.now() + budget.budgetMs;
    if (clock.now() >= this.#recheckAt) {
      this.#recheckAt = clock.now() + recheckEveryMs;
      await recheckQuarantine(this.#context, this.#book, this.#storeEvent);
    }
    const runner = { store, clock, random, issuers: [issuer], onNotice };
    const run = (handlers: JobHandlers) =>
      runDue(runner, { ...budget, budgetMs: until - clock.now(), handlers });
    // A rotation does not wait behind a backlog of events.
    await run(rotationJobs(this.#context, this.#book));
    const handlers = eventJobs(this.#context);
    const report = await run(handlers);
    if (clock.now() >= this.#sweepAt) {
      this.#sweepAt = clock.now() + sweepEveryMs;
      await this.#sweep();
      const leftovers = { prefix: taskKindPrefix, handlers, end: unhandled(this.#context) };
      await endLeftovers(runner, leftovers, budget.signal);
    }
    return report;
  }

  /** Has SEEK Pass send to `receiverUrl`, or to one of several. See {@link createEndpoint}. */
  async createEndpoint(request: EndpointRequest): Promise<EndpointResult> {
    const result = await createEndpoint(this.#context, request);
    await this.#book.read();
    return result;
  }

  /**
   * Has SEEK Pass send to every `receiverUrl`, for the start of a host: any number of processes may call it at once, and none makes a second
   * endpoint. An endpoint that was deleted at SEEK Pass is made anew.
   */
  async ensureEndpoints(request: Pick<EndpointRequest, 'who' | 'name'>): Promise<EnsuredEndpoint[]> {
    const ensured = await ensureEndpoints(this.#context, request);
    await this.#book.read();
    return ensured;
  }

  /** The receiver URLs of which no secret is known, as it was read last: what comes there is answered 503. Asks nobody. */
  urlsWithoutSecret(): string[] {
    const { receiverUrls, hostSecrets, clock } = this.#context;
    const { at } = this.#book.view;
    return receiverUrls
      .filter(
        ({ pathname }) => acceptedSecrets(at.get(pathname) ?? [], hostSecrets, clock.now()).length === 0,
      )
      .map(({ href }) => href);
  }

  /** Gives the endpoint a new secret, as one operation after which no verification is lost. See {@link rotateSecret}. */
  async rotateSecret(request: RotationRequest): Promise<RotationResult> {
    return rotateSecret(this.#context, this.#book, request);
  }

  /** The endpoints at SEEK Pass, and whether we hold their secrets. */
  async endpoints(): Promise<EndpointStanding[]> {
    return listEndpoints(this.#context);
  }

  /** What handlers gave up, longest first: mend the cause, then {@link Inbox.replay}. */
  async dead(limit = 100): Promise<InboxTaskRow[]> {
    return this.#context.store.read.inboxTasksIn(this.#context.issuer, 'dead', limit);
  }

  /** Hands a stored event to its handlers once more. Doing it twice does no more than once. */
  async replay(request: ReplayRequest): Promise<ReplayResult> {
    return replayEvent(this.#context, request);
  }

  /**
   * Hands the events that are parked for a verification to their handlers again, when it is known at last. An event that is older than
   * its verification needs it; the verify flow stores each one before SEEK Pass hears of it.
   */
  async unpark(requestId: string): Promise<void> {
    const { store, issuer, clock } = this.#context;
    await decideAnew(store, (tx) => unparkEvents(tx, issuer, requestId, clock.now()));
  }

  /** An event that somebody makes up, signed as SEEK Pass would. Against the sandbox only. */
  sample(event: SampleEvent): SampleDelivery {
    this.#mustHaveStarted();
    return sampleDelivery(this.#context, this.#book, event);
  }

  /** How many events wait, are parked or given up, counted at each handler. */
  async counts(): Promise<InboxCounts> {
    return this.#context.store.read.inboxCounts(this.#context.issuer);
  }

  /** For how long the oldest event waits that is not handled, in milliseconds; 0 when none does. */
  async lagMs(): Promise<number> {
    const { store, issuer, seekPass } = this.#context;
    const oldest = await store.read.oldestUnhandledEvent(issuer);
    return oldest === null ? 0 : Math.max(0, seekPass.now() - oldest);
  }

  async #sweep(): Promise<void> {
    const { store, issuer, seekPass, keepMs } = this.#context;
    const before = seekPass.now() - keepMs;
    let swept: number;
    do {
      swept = await decideAnew(store, (tx) => tx.sweepInboxEvents(issuer, before, mostSwept));
    } while (swept === mostSwept);
  }

  #mustHaveStarted(): void {
    if (this.#started) return;
    throw new ConfigurationError('The inbox was not started: wait for start() before anything else.');
  }
}
