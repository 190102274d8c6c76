import type { Dispatcher } from 'undici';
import type { SeekPassTime } from '../auth/seek-pass-time.ts';
import type { Token, TokenSource } from '../auth/token-source.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { QuotaTurn, SharedQuota } from '../limits/shared-quota.ts';
import type { CallOptions } from '../options.ts';
import type { Settings } from '../resolve-options.ts';
import { requireNumber } from '../require-setting.ts';
import type { CallObservation, Telemetry } from '../telemetry.ts';
import { startWait } from '../wait.ts';
import type { ApiRequest } from './api-request.ts';
import type { Outcome, Wire } from './exchange.ts';
import { exchange } from './exchange.ts';
import type { FailedCall } from './failure.ts';
import { answerFailure, faultFailure, isTransient, Unreadable } from './failure.ts';
import { redirectTarget } from './redirect.ts';
import { requestPath } from './request-path.ts';
import { retryAfterMs } from './retry-after.ts';

/** What a transport is made of. `tokens` and `limiter` are absent in the one that fetches tokens. */
export interface TransportParts {
  readonly settings: Settings;
  readonly dispatcher: Dispatcher;
  readonly time: SeekPassTime;
  readonly telemetry: Telemetry | undefined;
  readonly tokens?: TokenSource;
  readonly limiter?: Limiter;
}

const maxRedirects = 3;

/** The state of one call while its attempts go on. */
interface Call extends FailedCall {
  readonly path: string;
  readonly deadlineAt: number;
  readonly lane: string;
  readonly observation: CallObservation | undefined;
  attempts: number;
  sent: boolean;
}

/** Sends requests: one deadline, a fresh timeout per attempt, retries where they are safe, a new token after a 401. */
export interface Transport {
  /** Sends a request and reads its answer. Rejects with a `SeekPassError`. */
  send<T>(request: ApiRequest<T>, options?: CallOptions): Promise<T>;
}

/** Makes a {@link Transport}. */
export function createTransport(parts: TransportParts): Transport {
  const { settings, time, telemetry, tokens, limiter } = parts;
  const { clock, random, maxAttempts, retryBaseMs, retryMaxMs, onEvent } = settings;
  // Token requests are not counted.
  const quota = limiter && settings.quota;

  async function send<T>(request: ApiRequest<T>, options: CallOptions = {}): Promise<T> {
    const { signal, lane = '', deadlineMs = settings.deadlineMs } = options;
    requireNumber('deadlineMs', deadlineMs);
    const path = requestPath(request);
    const call: Call = {
      request,
      path,
      deadlineAt: clock.now() + deadlineMs,
      signal,
      lane,
      observation: telemetry?.callStarted(request),
      attempts: 0,
      sent: false,
    };
    let error: unknown;
    try {
      return await run(call, request);
    } catch (thrown) {
      error = thrown;
      throw thrown;
    } finally {
      call.observation?.callEnded(call.attempts, error);
    }
  }

  async function run<T>(call: Call, request: ApiRequest<T>): Promise<T> {
    const { signal, observation, deadlineAt } = call;
    const { scopes } = request;
    const safe = request.repeatable !== false;
    let renewed = 0;
    for (;;) {
      let token: Token | undefined;
      let outcome: Outcome;
      if (signal?.aborted === true) throw faultFailure(call, 'aborted');
      const turn = limiter?.enter(call.lane, signal, deadlineAt);
      if (turn !== undefined) await waitFor(call, turn, 'go');
      try {
        if (scopes !== undefined) {
          const taken = tokens?.take(scopes);
          token = taken instanceof Promise ? await within(taken, call) : taken;
        }
        // With the token at hand: calls that waited for one together would start together.
        if (quota && !request.elsewhere) await takeTurn(call, quota);
        outcome = await attempt(call, token);
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
        call.sent ||= outcome.sent;
        error = faultFailure(call, outcome.kind, outcome);
        again = (safe || !outcome.sent) && (fault === 'connection' || fault === 'timeout');
      } else {
        const { headers } = outcome;
        status = outcome.status;
        if (status >= 200 && status < 300) {
          try {
            const value = request.read(outcome);
            observation?.attemptEnded(status);
            return value;
          } catch (thrown) {
            fault = 'unreadable';
            again = safe && thrown instanceof Unreadable;
            error = thrown instanceof Unreadable ? answerFailure(call, outcome, undefined, thrown) : thrown;
          }
        } else {
          fault = String(status);
          if (status === 401 && renewed === 0 && scopes && token && tokens?.refused(scopes, token) === true) {
            renewed = 1;
            observation?.attemptEnded(status, fault, 0);
            continue;
          }
          if (isTransient(status))
            askedMs = retryAfterMs(headers['retry-after'], headers['date'], clock.now());
          // 429 means that SEEK Pass did nothing, and that others of this client should wait too.
          if (status === 429 && askedMs !== undefined) {
            limiter?.pauseUntil(clock.now() + askedMs);
            quota?.pause(askedMs).catch(goAround);
          }
          again = status === 429 || (safe && isTransient(status));
          error = answerFailure(call, outcome, askedMs);
        }
      }

      // A renewed token does not cost an attempt.
      const tries = call.attempts - renewed;
      // Full jitter; after Retry-After a little, so that waiting clients do not come back in one moment.
      const waitMs =
        askedMs === undefined
          ? random() * Math.min(retryMaxMs, retryBaseMs * 2 ** (tries - 1))
          : askedMs + random() * retryBaseMs;
      if (!again || tries >= maxAttempts || clock.now() + waitMs >= deadlineAt) {
        observation?.attemptEnded(status, fault);
        throw error;
      }
      observation?.attemptEnded(status, fault, waitMs);
      await pause(call, waitMs);
    }
  }

  /** Waits; throws the error of the call when the wait does not end as it should. */
  async function waitFor<E>(call: Call, wait: Promise<E | Stop>, wanted: E | Stop): Promise<void> {
    const ended = await wait;
    if (ended === wanted) return;
    const pausedMs = (limiter?.pausedUntil() ?? 0) - settings.clock.now();
    throw faultFailure(call, ended as Stop, { retryAfterMs: ended === 'paused' ? pausedMs : undefined });
  }

  function pause(call: Call, ms: number): Promise<void> {
    return waitFor(call, startWait(clock, ms, call.signal).promise, 'timeout');
  }

  /** Waits for a turn at the quota shared with other processes. */
  async function takeTurn(call: Call, shared: SharedQuota): Promise<void> {
    for (;;) {
      const patienceMs = call.deadlineAt - clock.now();
      const { taken, waitMs } = await within(shared.turn(call.lane, patienceMs).catch(goAround), call);
      if (waitMs >= patienceMs) throw faultFailure(call, 'paused', { retryAfterMs: waitMs });
      if (waitMs > 0) await pause(call, waitMs);
      if (taken) return;
    }
  }

  /** Without an answer of the quota requests go: SEEK Pass still has its own limit. */
  function goAround(): QuotaTurn {
    onEvent?.({ type: 'quota_failed' });
    return { taken: true, waitMs: 0 };
  }

  /** What is awaited is shared by many calls; each still keeps its own deadline and signal. */
  async function within<T>(work: Promise<T>, call: Call): Promise<T> {
    const { promise, end } = startWait<'settled'>(clock, call.deadlineAt - clock.now(), call.signal);
    const settled = (): void => end('settled');
    work.then(settled, settled);
    await waitFor(call, promise, 'settled');
    return work;
  }

  async function attempt(call: Call, token: Token | undefined): Promise<Outcome> {
    const { origin, attemptTimeoutMs, maxResponseBytes } = settings;
    const { method, body, contentType = 'application/json', elsewhere } = call.request;
    const headers = ['accept', 'application/json', 'user-agent', 'seek-pass-kit'];
    if (token !== undefined) headers.push('authorization', `Bearer ${token.value.reveal()}`);
    if (body !== undefined) headers.push('content-type', contentType);
    const wire: Wire = {
      origin: elsewhere?.origin ?? origin,
      path: elsewhere?.path ?? call.path,
      method,
      headers,
      body,
    };
    call.attempts++;
    call.observation?.attemptStarted(call.attempts);
    const sentAt = clock.now();
    const endsAt = Math.min(sentAt + attemptTimeoutMs, call.deadlineAt);
    const limits = { endsAt, maxBytes: maxResponseBytes, clock, signal: call.signal };
    const { dispatcher } = elsewhere ?? parts;
    let outcome = await exchange(dispatcher, wire, limits);
    for (let hop = 0; hop < maxRedirects && outcome.kind === 'answer' && outcome.status >= 300; hop++) {
      const path = redirectTarget(outcome, wire);
      if (path === undefined) break;
      outcome = await exchange(dispatcher, { ...wire, path }, limits);
    }
    if (outcome.kind === 'answer' && elsewhere === undefined) {
      time.observe(outcome.headers['date'], sentAt);
    }
    return outcome;
  }

  return { send };
}

/** How a wait may end against the wish of the call. */
type Stop = 'aborted' | 'timeout' | 'paused';
