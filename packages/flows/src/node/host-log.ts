import { SeekPassError } from '@seek-pass-kit/core';
import type { AuditHead } from '../audit/audit-head.ts';
import type { AwardEvent } from '../awards/award-event.ts';
import type { FlowNotice } from '../flow-notice.ts';
import type { InboxDelivery } from '../inbox/inbox-delivery.ts';
import { isError } from '../is-error.ts';

/**
 * One line of a host's log. Of an award it holds the id; it never holds a path beyond the route, an address or a message: a claim
 * link has its token in the path, and the message of an error may say too much.
 *
 * - `request`: answered, or given up by the client (`aborted`).
 * - `request_failed`, `work_failed`, `close_failed`: `error` is the name or code of what was thrown.
 * - `claim_failed`: a learner read that it is our fault. `award`, `verification`: what became of one
 *   at SEEK Pass, for a host that logs its events. `webhook`: a delivery.
 * - `audit_head`: the end of the audit chain, once a day. Keep it: see {@link AuditHead}.
 * - `webhook_endpoint`: `created` at SEEK Pass for this route; `no_secret`: every event there is answered 503, until the endpoint is made, its
 *   secret rotated, or the host given it; `failed`: SEEK Pass or the store did not answer, it is tried again.
 * - `not_served`: this process has no HTTP server, so these routes must be served by another one.
 * - `listening`, `draining`, `closed`: of the host. `closed` says whether everything had ended within the grace time.
 * - `store_awaited`: the start has waited a while for the database, and goes on.
 * - `shutdown_hooks_missing`: of a framework that was not told to end its parts on a signal: jobs would be broken off.
 */
export type HostLogEntry =
  | FlowNotice
  | { readonly event: 'verification'; readonly type: string; readonly verificationId: string }
  | ({ readonly event: 'webhook' } & InboxDelivery)
  | ({ readonly event: 'award' } & Pick<AwardEvent, 'type' | 'awardId'>)
  | {
      readonly event: 'claim_failed';
      readonly route: string;
      readonly error: string;
      /** In plain words, when the fault is one of settings or of code of the host that we know to name. */
      readonly reason?: string;
      readonly awardId?: string;
    }
  | {
      readonly event: 'request';
      readonly method: string;
      /** Path of the route; `other` for what no route serves. */
      readonly route: string;
      readonly status: number;
      readonly durationMs: number;
      readonly aborted: boolean;
    }
  | { readonly event: 'request_failed' | 'work_failed' | 'close_failed'; readonly error: string }
  | {
      readonly event: 'webhook_endpoint';
      readonly outcome: 'created' | 'no_secret';
      readonly route: string;
    }
  | { readonly event: 'webhook_endpoint'; readonly outcome: 'failed'; readonly error: string }
  | ({ readonly event: 'audit_head' } & Pick<AuditHead, 'issuer' | 'number' | 'mac'>)
  | { readonly event: 'listening'; readonly port?: number; readonly metricsPort?: number }
  | { readonly event: 'store_awaited' | 'shutdown_hooks_missing'; readonly reason: string }
  | { readonly event: 'not_served'; readonly route: readonly string[] }
  | { readonly event: 'draining' }
  | { readonly event: 'closed'; readonly inTime: boolean };

/** Where a host's log goes: to a logger of the application, or a stream. It must not throw. */
export type HostLogger = (entry: HostLogEntry) => void;

/** What may be said of an error in a log. */
export function errorName(error: unknown): string {
  if (SeekPassError.is(error)) return error.code;
  return isError(error) ? error.name : typeof error;
}
