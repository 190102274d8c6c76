/** The names of what the client does, as they stand in events, spans and errors. */
export type OperationName =
  | 'add'
  | 'addBatch'
  | 'uploadAsset'
  | 'status'
  | 'statuses'
  | 'verify.request'
  | 'verify.result'
  | 'webhooks.create'
  | 'webhooks.list'
  | 'webhooks.get'
  | 'webhooks.update'
  | 'webhooks.delete'
  | 'webhooks.rotateSecret'
  | 'token';

/** One request was answered, or failed. */
export interface AttemptEvent {
  readonly type: 'attempt';
  readonly operation: OperationName;
  /** Counts the calls of this client: ties the attempts of one call together. */
  readonly call: number;
  /** 1 for the first. */
  readonly attempt: number;
  readonly method: string;
  /** The path with `{id}` in place of ids. */
  readonly urlTemplate: string;
  readonly durationMs: number;
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  /** What went wrong: an HTTP status as text, or `connection`, `timeout`, `aborted`, `too_large`, `unreadable`, `redirect`. */
  readonly fault?: string | undefined;
  /** Set when the call goes on: milliseconds until the next attempt. */
  readonly nextInMs?: number | undefined;
}

/** A call ended. */
export interface CallEvent {
  readonly type: 'call';
  readonly operation: OperationName;
  readonly call: number;
  readonly attempts: number;
  readonly durationMs: number;
  /** `ok`, or the `code` of the error. */
  readonly outcome: string;
}

/** A token came into use: SEEK Pass gave it, or another process did through the token store. */
export interface TokenEvent {
  readonly type: 'token';
  /** Until it is used no more, in milliseconds. */
  readonly expiresInMs: number;
}

/** The shared token store failed; the client went on without it. */
export interface TokenStoreEvent {
  readonly type: 'token_store_failed';
  readonly action: 'get' | 'set' | 'delete' | 'lock';
}

/** The shared quota failed; the client went on without it. */
export interface QuotaEvent {
  readonly type: 'quota_failed';
}

/** What `onEvent` is told. Never holds ids, personal data or secrets. Tolerate new types. */
export type SeekPassEvent = AttemptEvent | CallEvent | TokenEvent | TokenStoreEvent | QuotaEvent;
