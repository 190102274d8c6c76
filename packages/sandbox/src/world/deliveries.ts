import { BoundedList } from './bounded-list.ts';
import type { Random } from './random.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import { signatureHeaders } from './webhook-event.ts';
import type { WebhookEvent } from './webhook-event.ts';
import type { WebhookEndpoint, WebhookEndpoints } from './webhook-endpoints.ts';

/** Waits between the attempts, by the sandbox's clock (assumption `webhook_retries`): six attempts in all. */
export const retryDelaysMs: readonly number[] = [5_000, 30_000, 120_000, 600_000, 3_600_000];

/** How a receiver answered one attempt. */
export interface DeliveryAttempt {
  /** Milliseconds since the epoch, sandbox clock. */
  readonly at: number;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Why there was no answer: a short word such as `ECONNREFUSED` or `timeout`. */
  readonly error: string | undefined;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly event: WebhookEvent;
  readonly createdAt: number;
  readonly attempts: DeliveryAttempt[];
  state: 'waiting' | 'delivered' | 'given_up';
  nextAttemptAt: number | undefined;
}

/** Sends one request: the network, passed in. Resolves to the HTTP status; rejects when there is no answer. */
export type PostWebhook = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<number>;

/** How a delivery is bent, for tests of receivers. */
export interface DeliveryOptions {
  /** Wait before the first attempt, by the sandbox's clock. */
  readonly delayMs?: number | undefined;
  /** How often each event is sent; 1 when left out. */
  readonly copies?: number | undefined;
}

/** Sends webhooks: signed at the time of the attempt, any 2xx is success, else retried with growing waits. */
export class Deliveries {
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #endpoints: WebhookEndpoints;
  readonly #post: PostWebhook;
  readonly #deliveries = new BoundedList<Delivery>(1000);
  readonly #inFlight = new Set<Promise<void>>();
  #stopped = false;
  #held: Delivery[] | undefined;

  constructor(parts: {
    readonly clock: SandboxClock;
    readonly random: Random;
    readonly endpoints: WebhookEndpoints;
    readonly post: PostWebhook;
  }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#endpoints = parts.endpoints;
    this.#post = parts.post;
  }

  /** Newest first. */
  list(): readonly Delivery[] {
    return this.#deliveries.list().toReversed();
  }

  find(deliveryId: string): Delivery | undefined {
    return this.#deliveries.list().find((delivery) => delivery.deliveryId === deliveryId);
  }

  /** Sends an event to an endpoint, once or in several copies with the same `event_id`. */
  send(endpoint: WebhookEndpoint, event: WebhookEvent, options: DeliveryOptions = {}): readonly Delivery[] {
    return Array.from({ length: options.copies ?? 1 }, () => {
      const delivery: Delivery = {
        deliveryId: this.#random.uuid(),
        endpointId: endpoint.endpointId,
        event,
        createdAt: this.#clock.now(),
        attempts: [],
        state: 'waiting',
        nextAttemptAt: undefined,
      };
      this.#deliveries.push(delivery);
      this.#schedule(delivery, options.delayMs ?? 0);
      return delivery;
    });
  }

  /** Sends several events, one after the other, to each of the endpoints. */
  sendInOrder(
    endpoints: readonly WebhookEndpoint[],
    events: readonly WebhookEvent[],
    options: DeliveryOptions = {},
  ): readonly Delivery[] {
    const holding = this.#held !== undefined;
    const wait = options.delayMs ?? 0;
    if (wait === 0) this.hold();
    const sent = endpoints.flatMap((endpoint) =>
      events.flatMap((event, index) =>
        // Delayed ones start a millisecond apart, by the sandbox's clock.
        this.send(endpoint, event, wait === 0 ? options : { ...options, delayMs: wait + index }),
      ),
    );
    if (wait === 0 && !holding) this.release();
    return sent;
  }

  /** Sends an old delivery's event again: a new delivery, same `event_id`, signed with the present time and secret. */
  replay(delivery: Delivery): readonly Delivery[] {
    const endpoint = this.#endpoints.get(delivery.endpointId);
    return endpoint === undefined ? [] : this.send(endpoint, delivery.event);
  }

  /** Keeps first attempts back until {@link release}. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was held, one after the other: in the order of the events, or the newest first. */
  release(order: 'as_created' | 'newest_first' = 'as_created'): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    const ordered = order === 'newest_first' ? held.toReversed() : held;
    this.#track(
      (async () => {
        for (const delivery of ordered) if (this.#mayStart(delivery)) await this.#attempt(delivery);
      })(),
    );
  }

  /** Resolves when no attempt is under way. Waiting retries do not count: advance the clock to make them due. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  /** Forgets all deliveries; those on their way end, and are not retried. */
  clear(): void {
    for (const delivery of this.#deliveries.list()) delivery.state = 'given_up';
    this.#deliveries.clear();
    this.#held = undefined;
  }

  /** Ends all retries. */
  stop(): void {
    this.#stopped = true;
  }

  #schedule(delivery: Delivery, delayMs: number): void {
    delivery.nextAttemptAt = this.#clock.now() + delayMs;
    if (delayMs > 0) this.#clock.setTimer(delayMs, () => this.#start(delivery));
    else this.#start(delivery);
  }

  #start(delivery: Delivery): void {
    if (!this.#mayStart(delivery)) return;
    if (this.#held !== undefined && delivery.attempts.length === 0) this.#held.push(delivery);
    else this.#track(this.#attempt(delivery));
  }

  #mayStart(delivery: Delivery): boolean {
    return !this.#stopped && delivery.state === 'waiting';
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#inFlight.delete(tracked));
    this.#inFlight.add(tracked);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    delivery.nextAttemptAt = undefined;
    const endpoint = this.#endpoints.get(delivery.endpointId);
    if (endpoint === undefined) {
      delivery.state = 'given_up';
      return;
    }
    const at = this.#clock.now();
    const body = JSON.stringify(delivery.event);
    const headers = {
      'Content-Type': 'application/json',
      ...signatureHeaders(endpoint.secret, Math.floor(at / 1000), body),
    };
    const outcome = await this.#post(endpoint.url, headers, body).then(
      (status) => ({ status, error: undefined }),
      (error: unknown) => ({ status: undefined, error: shortReason(error) }),
    );
    delivery.attempts.push({ at, ...outcome });
    if (this.#stopped || delivery.state !== 'waiting') return;
    if (outcome.status !== undefined && outcome.status >= 200 && outcome.status < 300) {
      delivery.state = 'delivered';
      return;
    }
    const wait = retryDelaysMs[delivery.attempts.length - 1];
    if (wait === undefined) delivery.state = 'given_up';
    else this.#schedule(delivery, wait);
  }
}

function shortReason(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? error.name : 'failed';
}
