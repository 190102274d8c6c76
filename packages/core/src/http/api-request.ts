import type { Dispatcher } from 'undici';
import type { OperationName } from '../events.ts';
import type { ScopeSet } from '../scope.ts';
import type { Answer, Wire } from './exchange.ts';

/** One call to SEEK Pass, ready to send. */
export interface ApiRequest<T> {
  readonly operation: OperationName;
  readonly method: Wire['method'];
  /** The path with `{…}` in place of ids: for spans and events. */
  readonly urlTemplate: string;
  readonly path: string;
  readonly body: string | Uint8Array | null;
  readonly contentType?: string;
  /** What the token must hold; `undefined`: sent without a token. */
  readonly scopes: ScopeSet | undefined;
  /**
   * Whether it may be sent again when it is unknown whether SEEK Pass acted on it. `always`: the effect of two is the effect of one
   * (same id, or a read). `unsent`: only when it surely did not arrive.
   */
  readonly repeat: 'always' | 'unsent';
  /** Reads a 2xx answer. Throws `Unreadable` when it does not say what it should. */
  readonly read: (answer: Answer) => T;
  /** Another place than SEEK Pass's API: presigned uploads. Never with `scopes`. */
  readonly elsewhere?: { readonly origin: string; readonly dispatcher: Dispatcher };
}
