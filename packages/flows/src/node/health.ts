import { type Clock, systemClock } from '@seek-pass-kit/core';
import type { Store } from '../store/ports.ts';
import type { HostRecord, SeekPassState } from './host-record.ts';
import type { WebHandler } from './node-listener.ts';
import { within } from '../within.ts';
import type { FlowWorker } from './worker.ts';

/** Whose work a host's health and metrics are about. */
export interface HealthOptions {
  readonly store: Store;
  /** As in the flows of this host. */
  readonly issuers: readonly string[];
  /** `() => seekPass.now()`, by whose clock submissions end. Default: the clock of this machine. */
  readonly seekPassNow?: () => number;
}

/** What the probes are told. `degraded`: it serves, and a person should look. */
export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unavailable' | 'draining';
  /** `none`: this host stores nothing. */
  readonly store: 'ok' | 'unavailable' | 'none';
  readonly seekPass: SeekPassState;
  /**
   * `late`: a job has been due, or a webhook event has waited for a handler, for ten minutes, whoever should do it. `none`: this host runs no
   * work, and none is late.
   */
  readonly work: 'ok' | 'late' | 'failing' | 'none';
}

/** {@link Readiness} with what only the operator should see. Ages are in whole seconds. */
export interface ReadinessDetails extends Readiness {
  /** Absent without a store. */
  readonly jobs?: { readonly due: number; readonly dead: number; readonly oldestDueSeconds: number };
  /** For how long the longest waiting webhook event is not handled. Absent without a store. */
  readonly inbox?: { readonly oldestUnhandledSeconds: number };
  /** How long ago the last call to SEEK Pass ended, well or badly. Absent before the first one. */
  readonly lastCall?: { readonly ageSeconds: number };
  /** The token that came last. One that has ended is replaced by the next call. Absent before the first one. */
  readonly token?: { readonly ageSeconds: number; readonly expiresInSeconds: number };
}

/** What {@link createHealth} judges by. */
export interface HealthSources {
  /** Absent: this host stores nothing. */
  readonly health?: HealthOptions | undefined;
  /** Knows how SEEK Pass answered; see `createHostRecord`. */
  readonly record: HostRecord;
  /** Absent: this host runs no work. */
  readonly worker?: Pick<FlowWorker, 'failing'> | undefined;
  /** Whether this host is about to end. Default: it is not. */
  readonly draining?: () => boolean;
  readonly clock?: Clock;
}

/** Probes come from several places and from strangers: within this time they share one look at the store. */
const freshForMs = 1_000;
/** A store that answers later than this is not reachable for a learner either. */
const patienceMs = 2_000;
const lateAfterMs = 10 * 60_000;

/** What waits in the store, by its longest. */
interface Waiting {
  readonly due: number;
  readonly dead: number;
  readonly oldestDueAt: number | null;
  readonly oldestEventAt: number | null;
}

/**
 * Makes a function that judges a host. It never calls SEEK Pass: the state there is what the last real call met, so
 * that SEEK Pass being down takes no host out of service (the claim pages keep the learner's place). However often it is asked, it
 * looks at the store once a second.
 */
export function createHealth({
  health,
  record,
  worker,
  draining = () => false,
  clock = systemClock,
}: HealthSources): () => Promise<ReadinessDetails> {
  const lookAtStore = health === undefined ? undefined : sharedLook(health, clock);
  const secondsSince = (at: number | null) => (at === null ? 0 : inSeconds(Math.max(0, clock.now() - at)));

  return async () => {
    const waiting = await lookAtStore?.();
    const oldestDueSeconds = secondsSince(waiting?.oldestDueAt ?? null);
    const { seekPassNow = () => clock.now() } = health ?? {};
    const eventAt = waiting?.oldestEventAt ?? null;
    const oldestUnhandledSeconds = eventAt === null ? 0 : inSeconds(Math.max(0, seekPassNow() - eventAt));
    const { state, answeredAt, token } = record.seekPass();
    const readiness: Omit<Readiness, 'status'> = {
      store: lookAtStore === undefined ? 'none' : waiting === undefined ? 'unavailable' : 'ok',
      seekPass: state,
      work: workState(worker, Math.max(oldestDueSeconds, oldestUnhandledSeconds)),
    };
    return {
      status: draining() ? 'draining' : statusOf(readiness),
      ...readiness,
      ...(waiting === undefined
        ? {}
        : {
            jobs: { due: waiting.due, dead: waiting.dead, oldestDueSeconds },
            inbox: { oldestUnhandledSeconds },
          }),
      ...(answeredAt === undefined ? {} : { lastCall: { ageSeconds: secondsSince(answeredAt) } }),
      ...(token === undefined
        ? {}
        : {
            token: {
              ageSeconds: secondsSince(token.at),
              expiresInSeconds: inSeconds(Math.max(0, token.expiresAt - clock.now())),
            },
          }),
    };
  };
}

/** Makes a look at what waits. Whoever asks within a second gets the same one; `undefined` when the store does not answer. */
function sharedLook({ store, issuers }: HealthOptions, clock: Clock): () => Promise<Waiting | undefined> {
  let last: { readonly at: number; readonly seen: Promise<Waiting | undefined> } | undefined;

  const look = async (now: number): Promise<Waiting> => {
    const backlog = await store.jobs.backlog(issuers, now);
    const events: number[] = [];
    for (const issuer of issuers) events.push((await store.read.oldestUnhandledEvent(issuer)) ?? Infinity);
    const oldestEvent = Math.min(...events);
    return { ...backlog, oldestEventAt: oldestEvent === Infinity ? null : oldestEvent };
  };

  return () => {
    const now = clock.now();
    if (last === undefined || now - last.at >= freshForMs) {
      last = { at: now, seen: within(clock, patienceMs, look(now)).catch(() => undefined) };
    }
    return last.seen;
  };
}

/** Answers `/health/live` and `/health/ready`, and 404 for everything else. */
export function probes(readiness: () => Promise<ReadinessDetails>, details: boolean): WebHandler {
  return async ({ method, url }) => {
    const { pathname } = new URL(url);
    if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 404, headers });
    if (pathname === '/health/live') return Response.json({ status: 'live' }, { headers });
    if (pathname === '/health/ready') return readyResponse(await readiness(), details);
    return new Response(null, { status: 404, headers });
  };
}

const headers = { 'cache-control': 'no-store' };

/** 503 takes the host out of service: only for what another host can do better. */
function readyResponse(all: ReadinessDetails, details: boolean): Response {
  const { status, store, seekPass, work } = all;
  const out = status === 'unavailable' || status === 'draining';
  const body = details ? all : { status, store, seekPass, work };
  return Response.json(body, { status: out ? 503 : 200, headers });
}

function workState(worker: HealthSources['worker'], longestSeconds: number): Readiness['work'] {
  if (worker?.failing() === true) return 'failing';
  // Whoever should do it: where nobody does, every process tells.
  if (longestSeconds * 1_000 > lateAfterMs) return 'late';
  return worker === undefined ? 'none' : 'ok';
}

function statusOf({ store, seekPass, work }: Omit<Readiness, 'status'>): Readiness['status'] {
  if (store === 'unavailable') return 'unavailable';
  const fine = (seekPass === 'ok' || seekPass === 'unknown') && (work === 'ok' || work === 'none');
  return fine ? 'ready' : 'degraded';
}

function inSeconds(ms: number): number {
  return Math.round(ms / 1_000);
}
