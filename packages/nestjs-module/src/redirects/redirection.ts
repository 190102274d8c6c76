/** What a controller method with Nest's `@Redirect()` returns: Nest makes the answer of it, on Express and on Fastify. */
export interface Redirection {
  readonly url: string;
  /** The browser goes on with a GET, whatever it came with. */
  readonly statusCode: 303;
}
