import type { Dispatcher } from 'undici';
import type { ClockOffset } from '../auth/clock-offset.ts';
import type { Token, TokenSource } from '../auth/token-source.ts';
import { ConfigurationError } from '../errors.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { CallOptions } from '../options.ts';
import type { Settings } from '../resolve-options.ts';
import type { CallObservation, Telemetry } from '../telemetry.ts';
import { startWait } from '../wait.ts';
import type { ApiRequest } from './api-request.ts';
import type { Outcome, Wire } from './exchange.ts';
import { exchange } from './exchange.ts';
import { answerFailure, faultFailure, isTransient, Unreadable } from './failure.ts';
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

/** The state of one call while its attempts go on. */
interface Progress {
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  readonly lane: string;
  readonly observation: CallObservation | undefined;
  attempts: number;
  /** Some attempt may have reached SEEK Pass without an answer coming back. */
  sent: boolean;
}

/** Sends requests: one deadline, a fresh timeout per attempt, retries where they are safe, a new token after a 401. */
export class Transport {
  readonly #parts: TransportParts;
  readonly #settings: Settings;

  constructor(parts: TransportParts) {
    this.#parts = parts;
    this.#settings = parts.settings;
  }

  /** Sends a request and reads its answer. Rejects with a `SeekPassError`. */
  async send<T>(request: ApiRequest<T>, call?: CallOptions): Promise<T> {
    const { clock, deadlineMs } = this.#settings;
    const startedAt = clock.now();
    const progress: Progress = {
      deadlineAt: startedAt + checkDeadline(call?.deadlineMs ?? deadlineMs),
      signal: call?.signal,
      lane: call?.lane ?? '',
      observation: this.#parts.telemetry?.callStarted(request, startedAt),
      attempts: 0,
      sent: false,
    };
    try {
      const result = await this.#run(request, progress);
      progress.observation?.callEnded(progress.attempts, undefined);
      return result;
    } catch (error) {
      progress.observation?.callEnded(progress.attempts, error);
      throw error;
    }
  }

  async #run<T>(request: ApiRequest<T>, progress: Progress): Promise<T> {
    const { clock, maxAttempts, random, retryBaseMs, retryMaxMs } = this.#settings;
    const { limiter, tokens } = this.#parts;
    const { observation } = progress;
    const safe = request.repeat === 'always';
    let renewed = 0;
    for (;;) {
      let token: Token | undefined;
      let outcome: Outcome;
      if (progress.signal?.aborted === true) throw this.#stopped('aborted', request, progress);
      const turn = limiter?.enter(progress.lane, progress.signal, progress.deadlineAt);
      const got = turn === undefined ? 'go' : await turn;
      if (got !== 'go') throw this.#stopped(got, request, progress);
      try {
        if (request.scopes !== undefined) {
          const taken = tokens?.take(request.scopes);
          token = taken instanceof Promise ? await this.#within(taken, request, progress) : taken;
        }
        outcome = await this.#attempt(request, token, progress);
      } finally {
        limiter?.leave();
      }

      let error: unknown;
      let again: boolean;
      let fault: string;
      let status: number | undefined;
      let askedMs: number | undefined;
      if (outcome.kind !== 'answer') {
        fault = outcome.kind;
        const cause = fault === 'aborted' ? progress.signal?.reason : outcome.cause;
        progress.sent ||= outcome.sent;
        error = faultFailure(outcome.kind, request, progress, outcome.sent, cause);
        again = (safe || !outcome.sent) && (fault === 'connection' || fault === 'timeout');
      } else if (outcome.status >= 200 && outcome.status < 300) {
        status = outcome.status;
        try {
          const value = request.read(outcome);
          observation?.attemptEnded(status);
          return value;
        } catch (thrown) {
          fault = 'unreadable';
          again = safe && thrown instanceof Unreadable;
          error = thrown instanceof Unreadable ? answerFailure(outcome, request, progress, thrown) : thrown;
        }
      } else {
        status = outcome.status;
        fault = String(status);
        if (status === 401 && token !== undefined && renewed === 0 && tokens?.refused(token) === true) {
          renewed = 1;
          observation?.attemptEnded(status, fault, 0);
          continue;
        }
        const { headers } = outcome;
        if (isTransient(status)) askedMs = retryAfterMs(headers['retry-after'], headers['date'], clock.now());
        // 429 means that SEEK Pass did nothing, and that others of this client should wait too.
        if (status === 429 && askedMs !== undefined) limiter?.pauseUntil(clock.now() + askedMs);
        again = status === 429 || (safe && isTransient(status));
        error = answerFailure(outcome, request, { attempts: progress.attempts, retryAfterMs: askedMs });
      }

      // A renewed token does not cost an attempt.
      const tries = progress.attempts - renewed;
      // Full jitter; after Retry-After a little, so that waiting clients do not come back in one moment.
      const waitMs =
        askedMs === undefined
          ? random() * Math.min(retryMaxMs, retryBaseMs * 2 ** (tries - 1))
          : askedMs + random() * retryBaseMs;
      if (!again || tries >= maxAttempts || clock.now() + waitMs >= progress.deadlineAt) {
        observation?.attemptEnded(status, fault);
        throw error;
      }
      observation?.attemptEnded(status, fault, waitMs);
      const ended = await startWait(clock, waitMs, progress.signal).promise;
      if (ended === 'aborted') throw this.#stopped(ended, request, progress);
    }
  }

  /** A token request is shared by many calls; each still keeps its own deadline and signal. */
  async #within(token: Promise<Token>, request: ApiRequest<unknown>, progress: Progress): Promise<Token> {
    const { clock } = this.#settings;
    const { promise, end } = startWait<'settled'>(clock, progress.deadlineAt - clock.now(), progress.signal);
    const settled = (): void => end('settled');
    token.then(settled, settled);
    const ended = await promise;
    if (ended === 'settled') return token;
    throw this.#stopped(ended, request, progress);
  }

  /** The error of a call that ended while it waited. */
  #stopped(
    kind: 'aborted' | 'timeout' | 'paused',
    request: ApiRequest<unknown>,
    progress: Progress,
  ): unknown {
    const { attempts, sent, signal } = progress;
    const until = this.#parts.limiter?.pausedUntil ?? 0;
    const retryAfter = kind === 'paused' ? until - this.#settings.clock.now() : undefined;
    const cause: unknown = kind === 'aborted' ? signal?.reason : undefined;
    return faultFailure(kind, request, { attempts, retryAfterMs: retryAfter }, sent, cause);
  }

  async #attempt(
    request: ApiRequest<unknown>,
    token: Token | undefined,
    progress: Progress,
  ): Promise<Outcome> {
    const { clock, origin, attemptTimeoutMs, maxResponseBytes } = this.#settings;
    const { elsewhere } = request;
    const { dispatcher } = elsewhere ?? this.#parts;
    const headers = ['accept', 'application/json', 'user-agent', 'seek-pass-kit'];
    if (token !== undefined) headers.push('authorization', token.header);
    if (request.contentType !== undefined) headers.push('content-type', request.contentType);
    const wire: Wire = {
      origin: elsewhere?.origin ?? origin,
      path: request.path,
      method: request.method,
      headers,
      body: request.body,
    };
    progress.attempts++;
    progress.observation?.attemptStarted(progress.attempts);
    const sentAt = clock.now();
    const endsAt = Math.min(sentAt + attemptTimeoutMs, progress.deadlineAt);
    const limits = { endsAt, maxBytes: maxResponseBytes, clock, signal: progress.signal };
    let outcome = await exchange(dispatcher, wire, limits);
    for (let hop = 0; hop < maxRedirects && outcome.kind === 'answer' && outcome.status >= 300; hop++) {
      const path = redirectTarget(outcome, wire);
      if (path === undefined) break;
      outcome = await exchange(dispatcher, { ...wire, path }, limits);
    }
    if (outcome.kind === 'answer' && elsewhere === undefined) {
      this.#parts.offset.observe(outcome.headers['date'], sentAt, clock);
    }
    return outcome;
  }
}

function checkDeadline(ms: number): number {
  if (ms > 0 && ms < Infinity) return ms;
  throw new ConfigurationError('deadlineMs of a call must be a number of milliseconds above 0.');
}
