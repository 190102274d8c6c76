import type { JobControl } from '../jobs/runner.ts';

/** What an event says of a verification; `unknown` for types that are not documented (yet). A hint only: only the fetched result counts. */
export type InboxEventKind = 'verified' | 'canceled' | 'unknown';

/** A webhook event that SEEK Pass signed and that is stored. It holds no personal data. */
export interface InboxEvent {
  /** Of the endpoint whose secret signed it: nothing in the event itself can name another. */
  readonly issuer: string;
  /** By SEEK Pass: the same event comes under the same id, however often it is delivered. */
  readonly eventId: string;
  /** As sent: `vwsp_request.verified`. */
  readonly type: string;
  readonly kind: InboxEventKind;
  /** The verification that it tells of, as sent. Absent: the event names none. */
  readonly requestId?: string;
  /** When SEEK Pass made it, in milliseconds since the epoch; when that cannot be read, the time of the receipt. */
  readonly createdAt: number;
  /** When it was received first, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

/**
 * Does what one event asks for. It runs after the event was stored and answered, so what it throws never reaches SEEK Pass: it is
 * tried again with waits in between, and set aside as dead in the end; the other handlers of the event do not run again for that.
 * It may run more than once for the same event (a worker died): its effect must not double.
 *
 * Return `parked` when the verification of the event is not known (yet): it is tried again for a while, and then left parked.
 */
export type InboxHandler = (event: InboxEvent, control: JobControl) => Promise<'done' | 'parked' | void>;

/** A handler for events of some types only: the others are none of its business, and leave no trace of it. */
export interface InboxHandlerOfTypes {
  /** As sent: `vwsp_request.verified`. */
  readonly types: readonly string[];
  readonly handle: InboxHandler;
}

/**
 * Handlers by a name of yours, which outcomes are stored under: letters, digits, `-` and `_`, at most 63. A new name gets what is received
 * from now on. What waits for a name that no process has is dropped after a week, with the notice `listener_gone`; `replay` with the name
 * takes it up again. The record is read whenever there is work, so a host may fill it until then.
 */
export type InboxHandlers = Readonly<Record<string, InboxHandler | InboxHandlerOfTypes>>;
