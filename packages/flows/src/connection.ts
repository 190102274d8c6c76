import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a handler may know of how a request came. */
export interface Connection {
  /** The address at the other end of the socket: of the learner, or of the last proxy. Never read from a header. */
  readonly remoteAddress?: string;
  /** The request as `node:http` has it, for code of the host that reads sessions there. Its body is for the handler alone. */
  readonly incoming?: IncomingMessage;
  /** What goes back, for code of the host that sets headers. The answer itself is the handler's. */
  readonly outgoing?: ServerResponse;
}
