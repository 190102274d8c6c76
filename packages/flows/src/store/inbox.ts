/** A webhook event that was stored; see `InboxEvent`. It holds nothing personal. */
export interface InboxEventRow {
  readonly issuer: string;
  readonly eventId: string;
  readonly type: string;
  readonly kind: 'verified' | 'canceled' | 'unknown';
  /** The verification it tells of; `null` when it names none. */
  readonly requestId: string | null;
  readonly createdAt: number;
  readonly receivedAt: number;
}

/**
 * What became of an event at one handler. `waiting`: to be done, or to be tried again; `parked`: its verification is not known;
 * `dead`: given up, a person should look.
 */
export type InboxTaskState = 'waiting' | 'done' | 'parked' | 'dead';

/** One event at one handler. Handlers of the same event know nothing of each other. */
export interface InboxTaskRow {
  readonly issuer: string;
  readonly eventId: string;
  readonly handler: string;
  readonly state: InboxTaskState;
  /** Counts from 1; each replay is a round of its own, so that what is left of an earlier one does nothing. */
  readonly round: number;
  /** How often the handler was called in this round. */
  readonly attempts: number;
  /** Name or code of what it failed with last; `null` when it did not. Never a message. */
  readonly reason: string | null;
  /** When it came to this state. */
  readonly at: number;
  /** As of its event. */
  readonly receivedAt: number;
  /** As of its event. */
  readonly requestId: string | null;
}

/** The intent to rotate the secret of an endpoint: stored before SEEK Pass is asked, gone when the new secret is stored. */
export interface RotationIntent {
  readonly id: string;
  readonly who: string;
  readonly since: number;
}

/** A webhook endpoint at SEEK Pass whose secrets we hold. */
export interface WebhookEndpointRow {
  readonly issuer: string;
  /** By SEEK Pass. */
  readonly id: string;
  /** Where SEEK Pass sends to. */
  readonly url: string;
  /** The data key that seals its secrets and its quarantine, wrapped with the key of the key file named `keyId`. */
  readonly wrappedKey: Uint8Array;
  readonly keyId: string;
  /** Its secrets, newest first; of a new endpoint whose secret is not known, none. */
  readonly sealedSecrets: Uint8Array;
  readonly rotation: RotationIntent | null;
  readonly createdAt: number;
  /** Counts changes, from 1; 0 for a row that is not stored yet. */
  readonly revision: number;
}

/** A delivery that fits no known secret while one was being rotated: to be judged again with the new one. */
export interface QuarantinedRow {
  readonly issuer: string;
  /** A hash of the whole delivery: the same one again is one row. */
  readonly id: string;
  readonly endpointId: string;
  readonly receivedAt: number;
  /** Body and signature headers, sealed with the data key of the endpoint: nobody has verified what they hold. */
  readonly sealedDelivery: Uint8Array;
}

/** How many tasks are in the states that somebody may have to look at. */
export type InboxCounts = Readonly<Record<Exclude<InboxTaskState, 'done'>, number>>;

/** Look-ups of the webhook inbox. */
export interface InboxReads {
  inboxEvent(issuer: string, eventId: string): Promise<InboxEventRow | undefined>;
  /** By handler. */
  inboxTasks(issuer: string, eventId: string): Promise<InboxTaskRow[]>;
  /** In this state, longest first. */
  inboxTasksIn(
    issuer: string,
    state: Exclude<InboxTaskState, 'done'>,
    limit: number,
  ): Promise<InboxTaskRow[]>;
  /** Tasks that are parked for the want of this verification. */
  parkedTasks(issuer: string, requestId: string, limit: number): Promise<InboxTaskRow[]>;
  /** Tasks that are not done, by state; of a state that none is in, 0. */
  inboxCounts(issuer: string): Promise<InboxCounts>;
  /** When the event was received that waits longest for a handler; `null` when none does. The lag of the inbox. */
  oldestUnhandledEvent(issuer: string): Promise<number | null>;
  /** Oldest first. */
  webhookEndpoints(issuer: string): Promise<WebhookEndpointRow[]>;
  /** Oldest first. */
  quarantined(issuer: string, limit: number): Promise<QuarantinedRow[]>;
}

/** Changes of the webhook inbox. */
export interface InboxChanges {
  /** Stores events; gives the ids of those that were not there before. */
  insertInboxEvents(rows: readonly InboxEventRow[]): Promise<string[]>;
  insertInboxTasks(rows: readonly InboxTaskRow[]): Promise<void>;
  /** `from` is how it was read. When its round or its state is another one now: `StoreConflict`. */
  updateInboxTask(row: InboxTaskRow, from: InboxTaskRow): Promise<void>;
  /** Stores it, or changes the one that was read: when its revision is another one now, `StoreConflict`. */
  putWebhookEndpoint(row: WebhookEndpointRow): Promise<void>;
  deleteWebhookEndpoint(issuer: string, id: string): Promise<void>;
  /** Keeps at most `most` of an issuer; `false` when there are so many already. What is there is kept as it is. */
  quarantine(rows: readonly QuarantinedRow[], most: number): Promise<boolean>;
  releaseQuarantined(issuer: string, ids: readonly string[]): Promise<void>;
  /** Removes events received before `before` that no handler has to do with any more; gives their number, at most `limit`. */
  sweepInboxEvents(issuer: string, before: number, limit: number): Promise<number>;
}
