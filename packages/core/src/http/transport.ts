import type { Dispatcher } from 'undici';
import type { Token, TokenSource } from '../auth/token-source.ts';
import type { ClockOffset } from '../auth/clock-offset.ts';
import type { SeekPassError } from '../errors.ts';
import { ConfigurationError } from '../errors.ts';
import type { Limiter, Turn } from '../limits/limiter.ts';
import type { CallOptions } from '../options.ts';
import type { Settings } from '../resolve-options.ts';
import type { CallObservation, Telemetry } from '../telemetry.ts';
import type { ApiRequest } from './api-request.ts';
import type { Answer, Outcome, Wire } from './exchange.ts';
import { exchange } from './exchange.ts';
import {
  aborted,
  faultFailure,
  isTransient,
  paused,
  statusFailure,
  timedOut,
  Unreadable,
  unreadable,
} from './failure.ts';
import { redirectTarget } from './redirect.ts';
import { retryAfterMs } from './retry-after.ts';

/** What a transport is made of. `tokens` and `limiter` are absent in the one that fetches tokens. */
export interface TransportParts {
  readonly settings: Settings;
  readonly dispatcher: Dispatcher;
  readonly offset: ClockOffset;
  readonly telemetry: Telemetry | undefined;
  readonly tokens?: TokenSource;
  readonly limiter?: Limiter;
}

const maxRedirects = 3;
const noOptions: CallOptions = {};

/** The state of one call while its attempts go on. */
interface Progress {
  readonly startedAt: number;
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  readonly lane: string;
  readonly observation: CallObservation | undefined;
  attempts: number;
  /** Attempts that count towards `maxAttempts`: a repeat with a new token does not. */
  tries: number;
  renewed: boolean;
  /** Some attempt may have reached SEEK Pass. */
  sent: boolean;
}

/** Sends requests: one deadline, a fresh timeout per attempt, retries where they are safe, a new token after a 401. */
export class Transport {
  readonly #parts: TransportParts;

  constructor(parts: TransportParts) {
    this.#parts = parts;
  }

  /** Sends a request and reads its answer. Rejects with a `SeekPassError`. */
  async send<T>(request: ApiRequest<T>, call: CallOptions = noOptions): Promise<T> {
    const { settings, telemetry } = this.#parts;
    const startedAt = settings.clock.now();
    const progress: Progress = {
      startedAt,
      deadlineAt: startedAt + readDeadline(call.deadlineMs, settings.deadlineMs),
      signal: call.signal,
      lane: call.lane ?? '',
      observation: telemetry?.callStarted(request, startedAt),
      attempts: 0,
      tries: 0,
      renewed: false,
      sent: false,
    };
    if (progress.observation === undefined) return this.#run(request, progress);
    try {
      const result = await this.#run(request, progress);
      progress.observation.callEnded(progress.attempts, undefined);
      return result;
    } catch (error) {
      progress.observation.callEnded(progress.attempts, error);
      throw error;
    }
  }

  async #run<T>(request: ApiRequest<T>, progress: Progress): Promise<T> {
    const { limiter, tokens } = this.#parts;
    for (;;) {
      if (progress.signal?.aborted === true) throw aborted(request, progress, progress.signal.reason);
      const queued = limiter?.enter(progress.lane, progress.signal, progress.deadlineAt);
      if (queued !== undefined) this.#checkTurn(await queued, request, progress);
      let token: Token | undefined;
      let outcome: Outcome;
      try {
        if (request.scopes !== undefined && tokens !== undefined) {
          const taken = tokens.take(request.scopes);
          token = taken instanceof Promise ? await this.#within(taken, request, progress) : taken;
        }
        outcome = await this.#attempt(request, token, progress);
      } finally {
        limiter?.leave();
      }
      const verdict = this.#judge(outcome, request, token, progress);
      if (verdict.kind === 'done') return verdict.value;
      if (verdict.kind === 'failed') throw verdict.error;
      if (verdict.waitMs > 0) await this.#pause(verdict.waitMs, request, progress);
    }
  }

  async #attempt(
    request: ApiRequest<unknown>,
    token: Token | undefined,
    progress: Progress,
  ): Promise<Outcome> {
    const { settings, dispatcher, offset } = this.#parts;
    const { clock } = settings;
    progress.attempts++;
    progress.tries++;
    const sentAt = clock.now();
    const endsAt = Math.min(sentAt + settings.attemptTimeoutMs, progress.deadlineAt);
    const { elsewhere } = request;
    const wire: Wire = {
      origin: elsewhere?.origin ?? settings.origin,
      path: request.path,
      method: request.method,
      headers: requestHeaders(request, token),
      body: request.body,
    };
    progress.observation?.attemptStarted(progress.attempts);
    const limits = {
      timeoutMs: Math.max(0, endsAt - sentAt),
      maxBytes: settings.maxResponseBytes,
      clock,
      signal: progress.signal,
    };
    let outcome = await exchange(elsewhere?.dispatcher ?? dispatcher, wire, limits);
    for (let hop = 0; hop < maxRedirects && outcome.kind === 'answer' && outcome.status >= 300; hop++) {
      const path = redirectTarget(outcome, wire);
      if (path === undefined) break;
      const left = Math.max(0, endsAt - clock.now());
      outcome = await exchange(
        elsewhere?.dispatcher ?? dispatcher,
        { ...wire, path },
        { ...limits, timeoutMs: left },
      );
    }
    if (outcome.kind !== 'answer') progress.sent ||= outcome.sent;
    else if (elsewhere === undefined) offset.observe(outcome.headers['date'], sentAt, clock);
    return outcome;
  }

  #judge<T>(
    outcome: Outcome,
    request: ApiRequest<T>,
    token: Token | undefined,
    progress: Progress,
  ): Verdict<T> {
    if (outcome.kind !== 'answer') {
      const error =
        outcome.kind === 'aborted'
          ? aborted(request, progress, progress.signal?.reason)
          : faultFailure(outcome, request, progress);
      const repeatable = outcome.kind === 'connection' || outcome.kind === 'timeout';
      return this.#again(
        repeatable && (request.repeat === 'always' || !outcome.sent),
        error,
        progress,
        undefined,
        outcome.kind,
      );
    }
    const { status } = outcome;
    if (status >= 200 && status < 300) return this.#read(outcome, request, progress);
    if (
      status === 401 &&
      token !== undefined &&
      !progress.renewed &&
      this.#parts.tokens?.refused(token) === true
    ) {
      progress.renewed = true;
      progress.tries--;
      progress.observation?.attemptEnded({ status, fault: '401', nextInMs: 0 });
      return { kind: 'again', waitMs: 0 };
    }
    const { clock } = this.#parts.settings;
    const askedMs = isTransient(status)
      ? retryAfterMs(outcome.headers['retry-after'], outcome.headers['date'], clock.now())
      : undefined;
    if (status === 429 && askedMs !== undefined) this.#parts.limiter?.pauseUntil(clock.now() + askedMs);
    const error = statusFailure(outcome, request, { attempts: progress.attempts, retryAfterMs: askedMs });
    // 429 means that SEEK Pass did nothing.
    const repeatable = isTransient(status) && (request.repeat === 'always' || status === 429);
    return this.#again(repeatable, error, progress, askedMs, String(status), status);
  }

  #read<T>(answer: Answer, request: ApiRequest<T>, progress: Progress): Verdict<T> {
    try {
      const value = request.read(answer);
      progress.observation?.attemptEnded({ status: answer.status });
      return { kind: 'done', value };
    } catch (error) {
      if (!(error instanceof Unreadable)) {
        progress.observation?.attemptEnded({ status: answer.status, fault: 'unreadable' });
        throw error;
      }
      return this.#again(
        request.repeat === 'always',
        unreadable(error, answer, request, progress),
        progress,
        undefined,
        'unreadable',
        answer.status,
      );
    }
  }

  /** Whether and when the next attempt comes. A wait that the deadline does not leave room for ends the call at once. */
  #again(
    repeatable: boolean,
    error: SeekPassError,
    progress: Progress,
    askedMs: number | undefined,
    fault: string,
    status?: number,
  ): Verdict<never> {
    const { settings } = this.#parts;
    const { retryBaseMs, retryMaxMs, maxAttempts, random, clock } = settings;
    const statusOf = status === undefined ? {} : { status };
    if (repeatable && progress.tries < maxAttempts) {
      // Full jitter; after Retry-After a little, so that waiting clients do not come back in one moment.
      const waitMs =
        askedMs === undefined
          ? random() * Math.min(retryMaxMs, retryBaseMs * 2 ** (progress.tries - 1))
          : askedMs + random() * retryBaseMs;
      if (clock.now() + waitMs < progress.deadlineAt) {
        progress.observation?.attemptEnded({ ...statusOf, fault, nextInMs: waitMs });
        return { kind: 'again', waitMs };
      }
    }
    progress.observation?.attemptEnded({ ...statusOf, fault });
    return { kind: 'failed', error };
  }

  #checkTurn(turn: Turn, request: ApiRequest<unknown>, progress: Progress): void {
    const { limiter, settings } = this.#parts;
    switch (turn) {
      case 'go':
        return;
      case 'aborted':
        throw aborted(request, progress, progress.signal?.reason);
      case 'timeout':
        throw timedOut(request, progress, progress.sent);
      case 'paused': {
        const retryAfter = Math.max(0, (limiter?.pausedUntil ?? 0) - settings.clock.now());
        throw paused(request, { attempts: progress.attempts, retryAfterMs: retryAfter });
      }
    }
  }

  #pause(waitMs: number, request: ApiRequest<unknown>, progress: Progress): Promise<void> {
    const { clock } = this.#parts.settings;
    const { signal } = progress;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        stop();
        reject(aborted(request, progress, signal?.reason));
      };
      const stop = clock.setTimer(waitMs, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** A token request is shared by many calls; each still keeps its own deadline and signal. */
  #within<V>(promise: Promise<V>, request: ApiRequest<unknown>, progress: Progress): Promise<V> {
    const { clock } = this.#parts.settings;
    const { signal, deadlineAt } = progress;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => end(() => reject(aborted(request, progress, signal?.reason)));
      const stop = clock.setTimer(Math.max(0, deadlineAt - clock.now()), () =>
        end(() => reject(timedOut(request, progress, progress.sent))),
      );
      const end = (settle: () => void): void => {
        stop();
        signal?.removeEventListener('abort', onAbort);
        settle();
      };
      signal?.addEventListener('abort', onAbort);
      promise.then(
        (value) => end(() => resolve(value)),
        (error: unknown) => end(() => reject(error)),
      );
    });
  }
}

type Verdict<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'again'; readonly waitMs: number }
  | { readonly kind: 'failed'; readonly error: SeekPassError };

function requestHeaders(request: ApiRequest<unknown>, token: Token | undefined): string[] {
  const headers = ['accept', 'application/json', 'user-agent', 'seek-pass-kit'];
  if (token !== undefined) headers.push('authorization', token.header);
  if (request.contentType !== undefined) headers.push('content-type', request.contentType);
  return headers;
}

function readDeadline(perCall: number | undefined, fallback: number): number {
  if (perCall === undefined) return fallback;
  if (typeof perCall === 'number' && perCall > 0 && perCall < Infinity) return perCall;
  throw new ConfigurationError('deadlineMs of a call must be a number of milliseconds above 0.');
}
