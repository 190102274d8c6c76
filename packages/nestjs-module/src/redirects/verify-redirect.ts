import { HttpException } from '@nestjs/common';
import type { VerificationStart } from '@seek-pass-kit/flows';
import type { Redirection } from './redirection.ts';
import { bodyOf, type SeekPassErrorBody } from '../errors/http-answer.ts';

/** The response of Express or the reply of Fastify, as `@Res({ passthrough: true })` gives it. */
export interface HeaderReceiver {
  /** Sets a header. Of Fastify: adds a cookie to those that are there. */
  header(name: string, value: string): unknown;
  /** Of `node:http`, which Express has: keeps what is there. */
  appendHeader?(name: string, value: string): unknown;
}

/**
 * Leads the browser that this request is from to SEEK Pass, and binds the verification to it with a cookie (security rule 14): nobody sees
 * the result in another browser. Start it with a POST, while you answer the person's own browser.
 *
 * ```ts
 * @Post('identity')
 * @Redirect()
 * async verify(@Res({ passthrough: true }) response: Response) {
 *   const started = await this.verifyFlow.createVerification({ reference, expected, subject, returnTo: '/identity/:verificationId' });
 *   return verifyRedirect(started, response);
 * }
 * ```
 *
 * @throws {HttpException} when there is nowhere to go: 503 `unavailable` (with `Retry-After` when SEEK Pass said when), 422 `rejected` when SEEK
 *   Pass refused the request, 422 `invalid_payload` with `problems` when the input is wrong. Look at `started.outcome` before for pages of your own.
 */
export function verifyRedirect(started: VerificationStart, response: HeaderReceiver): Redirection {
  switch (started.outcome) {
    case 'redirect':
      response.header('cache-control', 'no-store');
      addCookie(response, started.setCookie);
      return { url: started.redirectUri, statusCode: 303 };
    case 'unavailable': {
      const { retryAfterMs } = started;
      if (retryAfterMs !== undefined) {
        response.header('retry-after', String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
      }
      throw failed(bodyOf('unavailable'));
    }
    case 'rejected':
      throw failed(bodyOf('rejected'));
    case 'refused': {
      const message = 'The verification is not valid. Mend the problems and start it again.';
      const problems = started.problems.map(({ path, message: text }) => ({ path, message: text }));
      throw failed({ ...bodyOf('invalid_payload'), message, problems });
    }
  }
}

function addCookie(response: HeaderReceiver, setCookie: string): void {
  if (response.appendHeader === undefined) response.header('set-cookie', setCookie);
  else response.appendHeader('set-cookie', setCookie);
}

function failed(body: Omit<SeekPassErrorBody, 'problems'> & { readonly problems?: object }): HttpException {
  return new HttpException({ ...body }, body.statusCode);
}
