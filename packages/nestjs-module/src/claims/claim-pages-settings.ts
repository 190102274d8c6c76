import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClaimedAward, ClaimHandlerOptions, HostPerson, HostProof } from '@seek-pass-kit/flows';

/**
 * A middleware as Connect and Express have it: `express-session`, `cookie-parser`, `passport.session()`. Written as a method, so that one
 * which asks for the request of Express is one, too.
 */
export type ConnectMiddleware = {
  call(incoming: IncomingMessage, outgoing: ServerResponse, next: (error?: unknown) => void): unknown;
}['call'];

/** Asks for the word of a guardian. A method, as {@link ConnectMiddleware}. */
type GuardianQuestion = {
  call(request: Request, award: ClaimedAward, incoming: IncomingMessage): Promise<boolean> | boolean;
}['call'];

/**
 * Proof by the application's own sign-in (security rule 23). Cookies reach the claim pages only when these are on the origin that the
 * application's cookies are for.
 */
export interface AppSessionProof {
  /**
   * Who is signed in, by the id that the award's recipient has as `subject`, and never by an e-mail address; `undefined`: nobody. Name whoever
   * acts in somebody's name (`impersonatedBy`): that is refused. A throw, or no word within ten seconds, proves nobody and is logged.
   *
   * @param request with cookies and headers; its body is not readable.
   * @param incoming the same request of `node:http`, with what `use` put on it: `session`, `user`. On Express it is the request of Express,
   *   on Fastify the raw one. Its `url` is cut off behind the path of the pages.
   */
  host(request: Request, incoming: IncomingMessage): Promise<HostPerson | undefined> | HostPerson | undefined;
  /** Where somebody who is not signed in is sent to, and comes back from to `returnTo`, which holds no token. */
  readonly signInUrl?: (returnTo: string) => string;
}

/** Settings of the claim pages, which are served under the path of `addFlow.claimBaseUrl`. */
export interface ClaimPagesSettings
  extends Omit<ClaimHandlerOptions, 'proof' | 'guardian' | 'prepare' | 'onError'> {
  /** How the recipient is proved. Default `email-code`. `host`: by the application's own sign-in. */
  readonly proof?: Exclude<NonNullable<ClaimHandlerOptions['proof']>, HostProof> | AppSessionProof;
  /**
   * Middlewares of the application that find out who is signed in. The claim pages come before every middleware of the application, so those
   * that `host` or `guardian` needs are run here, in this order, before each page that asks one of them. They must not read the body. When one
   * fails, ends the answer, or has not called `next` after 10 seconds, nobody is proved, and a line of the log says which and why.
   */
  readonly use?: readonly ConnectMiddleware[];
  /** Whether a guardian agreed that this recipient, who is under age, takes the award. Without it minors cannot claim. */
  readonly guardian?: GuardianQuestion;
}
