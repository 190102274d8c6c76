import type { Clock } from '@seek-pass-kit/core';
import type { JobBacklog } from '../store/jobs.ts';
import type { Store } from '../store/ports.ts';
import type { SeekPassState } from './host-record.ts';
import type { WebHandler } from './node-listener.ts';
import { within } from './within.ts';

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
  readonly store: 'ok' | 'unavailable';
  readonly seekPass: SeekPassState;
  /** `late`: a job has been due for ten minutes. `none`: this host runs no work. */
  readonly work: 'ok' | 'late' | 'failing' | 'none';
}

/** {@link Readiness} with what only the operator should see. */
export interface ReadinessDetails extends Readiness {
  /** Absent without a store. */
  readonly jobs?: { readonly due: number; readonly dead: number; readonly oldestDueSeconds: number };
}

/** What health is judged by, besides the store. */
export interface HealthSources {
  readonly clock: Clock;
  readonly seekPassState: () => SeekPassState;
  /** Whether the last run of the work failed; `undefined` when there is none, or none ended yet. */
  readonly workFails: () => boolean | undefined;
  readonly hasWork: boolean;
  readonly draining: () => boolean;
}

/** Probes come from several places and from strangers: within this time they share one look at the store. */
const freshForMs = 1_000;
/** A store that answers later than this is not reachable for a learner either. */
const patienceMs = 2_000;
const lateAfterMs = 10 * 60_000;

/**
 * Makes a function that judges the host. It never calls SEEK Pass: the state there is what the last real call met, so
 * that SEEK Pass being down takes no host out of service (the claim pages keep the learner's place).
 */
export function healthOf(
  { store, issuers }: HealthOptions,
  sources: HealthSources,
): () => Promise<ReadinessDetails> {
  const { clock } = sources;
  let last: { readonly at: number; readonly backlog: Promise<JobBacklog | undefined> } | undefined;

  const backlog = (): Promise<JobBacklog | undefined> => {
    const now = clock.now();
    if (last === undefined || now - last.at >= freshForMs) {
      last = {
        at: now,
        backlog: within(clock, patienceMs, store.jobs.backlog(issuers, now)).catch(() => undefined),
      };
    }
    return last.backlog;
  };

  return async () => {
    const jobs = await backlog();
    const oldestMs = jobs?.oldestDueAt == null ? 0 : Math.max(0, clock.now() - jobs.oldestDueAt);
    const readiness: Omit<Readiness, 'status'> = {
      store: jobs === undefined ? 'unavailable' : 'ok',
      seekPass: sources.seekPassState(),
      work: workState(sources, oldestMs),
    };
    return {
      status: sources.draining() ? 'draining' : statusOf(readiness),
      ...readiness,
      ...(jobs === undefined
        ? {}
        : { jobs: { due: jobs.due, dead: jobs.dead, oldestDueSeconds: Math.round(oldestMs / 1_000) } }),
    };
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
function readyResponse({ jobs, ...readiness }: ReadinessDetails, details: boolean): Response {
  const out = readiness.status === 'unavailable' || readiness.status === 'draining';
  return Response.json(details ? { ...readiness, jobs } : readiness, { status: out ? 503 : 200, headers });
}

function workState({ hasWork, workFails }: HealthSources, oldestMs: number): Readiness['work'] {
  if (!hasWork) return 'none';
  if (workFails() === true) return 'failing';
  return oldestMs > lateAfterMs ? 'late' : 'ok';
}

function statusOf({ store, seekPass, work }: Omit<Readiness, 'status'>): Readiness['status'] {
  if (store === 'unavailable') return 'unavailable';
  const fine = (seekPass === 'ok' || seekPass === 'unknown') && (work === 'ok' || work === 'none');
  return fine ? 'ready' : 'degraded';
}
