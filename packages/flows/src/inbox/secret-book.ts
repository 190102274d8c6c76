import type { InboxContext } from './inbox-options.ts';
import { leadsTo } from './receiver-urls.ts';
import { type OpenEndpoint, openEndpoint } from './sealed-endpoint.ts';

/** What a receiver knows of the secrets, as it was read last. */
export interface SecretView {
  /** When the reading began. */
  readonly readAt: number;
  /** Endpoints of the receiver's URLs, newest first. */
  readonly endpoints: readonly OpenEndpoint[];
  /** Those of each path. */
  readonly at: ReadonlyMap<string, readonly OpenEndpoint[]>;
}

/**
 * The secrets of an issuer, in memory. They are read at the start and then by the clock, never because of a request: whoever sends
 * requests cannot make this process ask the database.
 */
export class SecretBook {
  readonly #context: InboxContext;
  #view: SecretView = { readAt: Number.NEGATIVE_INFINITY, endpoints: [], at: new Map() };
  /** Readings begun, and which of them the view is of: a clock that is put back must not make an older one the newer. */
  #begun = 0;
  #shown = 0;
  /** By id: a key management service is asked once for each change. */
  readonly #opened = new Map<string, OpenEndpoint>();
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor(context: InboxContext) {
    this.#context = context;
  }

  /** Reads the secrets, and again and again from then on, until {@link SecretBook.close}. */
  async open(): Promise<void> {
    await this.read();
    this.#schedule();
  }

  /** Reads them once. */
  async read(): Promise<SecretView> {
    const { issuer, store, clock, receiverUrls } = this.#context;
    const readAt = clock.now();
    this.#begun += 1;
    const reading = this.#begun;
    const rows = await store.read.webhookEndpoints(issuer);
    const ours = rows.filter(({ url }) => receiverUrls.some((one) => leadsTo(one, url)));
    const endpoints = await Promise.all(ours.toReversed().map((row) => this.#open(row)));
    if (reading > this.#shown) {
      this.#shown = reading;
      this.#view = { readAt, endpoints, at: byPath(endpoints) };
    }
    return this.#view;
  }

  /** As it was read last. */
  get view(): SecretView {
    return this.#view;
  }

  /** Whether no rotation can be on that this view does not know of: one waits for longer than a view is trusted. */
  isFresh(): boolean {
    const { clock, refreshMs } = this.#context;
    const age = clock.now() - this.#view.readAt;
    return age >= 0 && age <= freshFor(refreshMs);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  async #open(row: OpenEndpoint['row']): Promise<OpenEndpoint> {
    const known = this.#opened.get(row.id);
    // What is sealed is never the same twice: the same bytes hold the same secrets.
    const same = known !== undefined && Buffer.compare(known.row.sealedSecrets, row.sealedSecrets) === 0;
    const opened = same ? { ...known, row } : await openEndpoint(this.#context.keys, row);
    this.#opened.set(row.id, opened);
    return opened;
  }

  #schedule(): void {
    if (this.#closed) return;
    this.#cancel = this.#context.clock.setTimer(this.#context.refreshMs, () => {
      // A store that is away: the view grows old, and receivers say 503 to what they cannot judge.
      void this.read()
        .catch(() => undefined)
        .then(() => this.#schedule());
    });
  }
}

function byPath(endpoints: readonly OpenEndpoint[]): SecretView['at'] {
  const at = new Map<string, OpenEndpoint[]>();
  for (const endpoint of endpoints) at.set(pathOf(endpoint), [...(at.get(pathOf(endpoint)) ?? []), endpoint]);
  return at;
}

/** Of the URL that an endpoint sends to. A request names no host that could be trusted: endpoints of one path stand for each other. */
export function pathOf({ row }: OpenEndpoint): string {
  return new URL(row.url).pathname;
}

/** For how long a view is trusted, in milliseconds: one reading may fail. */
function freshFor(refreshMs: number): number {
  return 2 * refreshMs;
}

/**
 * How long a rotation waits before SEEK Pass is asked, in milliseconds. By then every receiver has learnt of the intent or trusts its
 * view no more; as much again is for a slow commit and for clocks that disagree.
 */
export function learnMs(refreshMs: number): number {
  return 2 * freshFor(refreshMs);
}
