import { type Clock, submissionLifeMs } from '@seek-pass-kit/core';
import type { AwardState } from '../awards/award-facts.ts';
import type { Store } from '../store/ports.ts';
import type { MailState } from '../store/rows.ts';
import type { OpenSubmissions } from '../store/watching.ts';
import { metrics } from './definitions.ts';
import { type MetricDefinition, one, type Reading } from './metric.ts';
import { within } from '../within.ts';
import { sparingly } from './sparingly.ts';

/** Whose rows are counted, and by which clocks. */
export interface WatchedStore {
  readonly store: Store;
  readonly issuers: readonly string[];
  readonly clock: Clock;
  /** By which the 48 hours run, in milliseconds since the epoch. */
  readonly seekPassNow: () => number;
}

/** A scrape is answered after that long, with what is known from before. */
const patienceMs = 2_000;

/**
 * Makes a function that reads what the store holds, summed over the issuers. What the store did not tell is left out. Each look
 * is taken no oftener than {@link sparingly} allows, and one statement after another: claims need the connections more.
 */
export function watchStore(watched: WatchedStore): () => Promise<Reading[]> {
  const { store, issuers, clock } = watched;
  const ofEach = async <T>(read: (issuer: string) => Promise<T>): Promise<T[]> => {
    const all: T[] = [];
    for (const issuer of issuers) all.push(await read(issuer));
    return all;
  };
  const looks = [
    async () => [
      byState(metrics.awards, awardStates, await ofEach((issuer) => store.read.countByState(issuer))),
    ],
    async () => [
      byState(
        metrics.mails,
        mailStates,
        await ofEach((issuer) => store.read.countMailsIn(issuer, mailsToWatch)),
      ),
    ],
    async () =>
      openReadings(watched, await ofEach((issuer) => store.read.openSubmissions(issuer, dueTimes(watched)))),
    async () => {
      const due = await ofEach((issuer) => store.read.submissionsDue(issuer, watched.seekPassNow(), 1));
      const times = due.map(([first]) => first?.nextPollAt ?? null);
      return [oldestOf(metrics.oldestDuePoll, times, watched.seekPassNow())];
    },
    async () => {
      const unsealed = await ofEach((issuer) => store.read.unsealed(issuer));
      return [
        one(
          metrics.auditLines,
          unsealed.reduce((sum, { lines }) => sum + lines, 0),
        ),
        oldestOf(
          metrics.oldestAuditLine,
          unsealed.map(({ oldestAt }) => oldestAt),
          clock.now(),
        ),
      ];
    },
    async () => [
      byState(metrics.inboxTasks, {}, await ofEach((issuer) => store.read.inboxCounts(issuer))),
      oldestOf(
        metrics.oldestEvent,
        await ofEach((issuer) => store.read.oldestUnhandledEvent(issuer)),
        watched.seekPassNow(),
      ),
    ],
    async () => [
      byState(
        metrics.verifications,
        {},
        await ofEach((issuer) => store.read.countVerificationsByState(issuer)),
      ),
      oldestOf(
        metrics.oldestVerification,
        await ofEach((issuer) => store.read.oldestOpenVerification(issuer)),
        watched.seekPassNow(),
      ),
    ],
  ].map((look) => sparingly(clock, look));

  const refreshAll = async (): Promise<void> => {
    for (const { refresh } of looks) await refresh();
  };
  return async () => {
    await within(clock, patienceMs, refreshAll());
    return looks.flatMap(({ seen }) => seen() ?? []);
  };
}

/** A state that nothing is in is counted too: a graph of it begins at 0. */
const awardStates: Readonly<Record<AwardState, 0>> = {
  ready: 0,
  submitted: 0,
  added: 0,
  declined: 0,
  closed: 0,
  rejected: 0,
  withdrawn: 0,
  superseded: 0,
  erased: 0,
};

/** Those that wait or need a person: there are few. Of those that are done with there are as many as awards, and nobody watches them. */
const mailsToWatch = [
  'intended',
  'sending',
  'deferred',
  'refused',
  'unknown',
  'bounced',
] as const satisfies readonly MailState[];

const mailStates = Object.fromEntries(mailsToWatch.map((state) => [state, 0 as const]));

function byState(
  of: MetricDefinition,
  states: Readonly<Record<string, 0>>,
  counts: ReadonlyArray<Readonly<Record<string, number>>>,
): Reading {
  const sums = new Map(Object.entries<number>(states));
  for (const [state, count] of counts.flatMap((some) => Object.entries(some))) {
    sums.set(state, (sums.get(state) ?? 0) + count);
  }
  return { of, values: [...sums].map(([state, sum]) => [[state], sum] as const) };
}

const hour = 3_600;
/** Seconds until the end: 0 for those that nobody asked about in time, then what an operator can still do something about. */
const timeLeftBounds = [0, hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour, 24 * hour, 36 * hour, 48 * hour];

/** Who was submitted then or earlier has at most each of the bounds left. */
function dueTimes({ seekPassNow }: WatchedStore): number[] {
  return timeLeftBounds.map((bound) => seekPassNow() + bound * 1_000 - submissionLifeMs);
}

function openReadings(watched: WatchedStore, counts: readonly OpenSubmissions[]): Reading[] {
  const now = watched.seekPassNow();
  const total = (number: (of: OpenSubmissions) => number) => counts.reduce((sum, of) => sum + number(of), 0);
  const count = total((of) => of.count);
  const endsAt = total((of) => of.sumOfTimes) + count * submissionLifeMs;
  return [
    one(metrics.openSubmissions, count),
    oldestOf(
      metrics.oldestOpenSubmission,
      counts.map(({ oldest }) => oldest),
      now,
    ),
    {
      of: metrics.timeLeft,
      spread: {
        atMost: timeLeftBounds.map((bound, at) => [bound, total((of) => of.submittedBy[at] ?? 0)] as const),
        sum: inSeconds(endsAt - count * now),
        count,
      },
    },
  ];
}

/** The age of the oldest of these times, by the clock that they are told by; 0 when there is none. */
function oldestOf(of: MetricDefinition, times: ReadonlyArray<number | null>, now: number): Reading {
  return one(of, inSeconds(now - Math.min(now, ...times.flatMap((at) => at ?? []))));
}

function inSeconds(ms: number): number {
  return Math.round(ms / 1_000);
}
