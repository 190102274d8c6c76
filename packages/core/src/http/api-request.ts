import type { Dispatcher } from 'undici';
import type { OperationName } from '../events.ts';
import type { ScopeSet } from '../scope.ts';
import type { Answer, Wire } from './exchange.ts';

/** One call to SEEK Pass, ready to send. */
export interface ApiRequest<T> {
  readonly operation: OperationName;
  readonly method: Wire['method'];
  /** The path, with `{…}` in place of an id: spans and events show it like this. */
  readonly urlTemplate: string;
  /** Fills the `{…}`. */
  readonly id?: string;
  readonly body?: string | Uint8Array;
  /** Of the body. Default `application/json`. */
  readonly contentType?: string;
  /** What the token must hold. Left out: sent without a token. */
  readonly scopes?: ScopeSet;
  /**
   * `false`: two of it do not have the effect of one, so it is sent again only when it surely did not arrive. All others are safe to repeat (same
   * id, or a read).
   */
  readonly repeatable?: false;
  /** Reads a 2xx answer. Throws `Unreadable` when it does not say what it should. */
  readonly read: (answer: Answer) => T;
  /** Another place than SEEK Pass's API: presigned uploads. Never with `scopes`. */
  readonly elsewhere?: { readonly origin: string; readonly path: string; readonly dispatcher: Dispatcher };
}
