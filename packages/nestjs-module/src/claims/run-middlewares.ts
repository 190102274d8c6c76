import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@seek-pass-kit/core';
import { errorKind } from '../errors/error-kind.ts';
import { ApplicationFailure } from './application-failure.ts';
import type { ConnectMiddleware } from './claim-pages-settings.ts';

/** For all of them together, in milliseconds: as long as a page waits for the host itself. */
const patienceMs = 10_000;

/**
 * Runs middlewares one after the other, as Connect would, for ten seconds at most.
 *
 * @throws {ApplicationFailure} when one failed, ended the answer, read the body, or took too long.
 */
export async function runMiddlewares(
  middlewares: readonly ConnectMiddleware[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  clock: Clock,
): Promise<void> {
  // By then the front door has taken the address out of the request: all of them see the same.
  await Promise.resolve();
  const late = clock.now() + patienceMs;
  for (const [index, middleware] of middlewares.entries()) {
    const name = middleware.name === '' ? `number ${index + 1}` : middleware.name;
    await runMiddleware(middleware, name, { incoming, outgoing, clock, forMs: late - clock.now() });
    // It may have done so right after it called next.
    if (outgoing.writableEnded) throw failure(name, endedAnswer);
    if (incoming.readableDidRead) {
      throw failure(name, 'read the body of the request, which the page needs: leave body parsers out');
    }
  }
}

const endedAnswer = 'ended the answer itself: use only what reads the session';

interface Run {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly clock: Clock;
  readonly forMs: number;
}

function runMiddleware(
  middleware: ConnectMiddleware,
  name: string,
  { incoming, outgoing, clock, forMs }: Run,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = clock.setTimer(forMs, () => {
      end(failure(name, 'did not call next in time: look at what it waits for'));
    });
    const onEnd = () => end(failure(name, endedAnswer));
    const end = (failed?: ApplicationFailure) => {
      stop();
      outgoing.off('prefinish', onEnd);
      if (failed === undefined) resolve();
      else reject(failed);
    };
    const failed = (error: unknown) => end(failure(name, `failed with ${errorKind(error)}`));
    outgoing.once('prefinish', onEnd);
    try {
      const ran = middleware(incoming, outgoing, (error) => {
        if (error === undefined || error === null) end();
        else failed(error);
      });
      Promise.resolve(ran).catch(failed);
    } catch (error) {
      failed(error);
    }
  });
}

function failure(name: string, what: string): ApplicationFailure {
  return new ApplicationFailure(`The middleware ${name} of claimPages.use ${what}.`);
}
