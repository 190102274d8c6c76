import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { AwardState } from '../../src/awards/award-facts.ts';
import type { Claimed } from './claimants.ts';
import type { Institution } from './institution.ts';
import type { Programs } from './programs.ts';
import { countStored, query } from './what-happened.ts';

/** How often the worker is killed that asks SEEK Pass what became of all. */
const kills = 10;

/** SEEK Pass takes so long over each answer that kills fall between a question and what follows from it. */
const answerMs = 150;

/** A worker that is started again so much later may ask again about what the killed one had taken. */
const laterMinutes = 3;

/** For so long the worker that nobody kills any more may ask before the next one takes over. */
const patienceMs = 5_000;

/**
 * At SEEK Pass one learner in three accepts, one declines, one does nothing until the 48 hours are over. Then a worker asks what
 * became of all, is killed at random moments, and each time comes back minutes later.
 */
export async function followUnderKills(
  programs: Programs,
  institution: Institution,
  { claimed, random }: { readonly claimed: readonly Claimed[]; readonly random: () => number },
): Promise<void> {
  const {
    sandbox: { control },
    settings,
    ports: [port],
  } = institution;
  for (const [at, { redirectUri: link, email }] of claimed.entries()) {
    if (at % 3 === 0) control.learner.consent({ link, email });
    if (at % 3 === 1) control.learner.decline({ link, email });
  }
  const effect = { kind: 'latency', ms: answerMs } as const;
  control.faults.set({ path: '/api/partner/v1/submissions/status.json', effect });

  let aheadMs = 0;
  const laterBy = (minutes: number) => {
    control.clock.advance({ minutes });
    aheadMs += minutes * 60_000;
  };
  const workUntil = async (over: () => Promise<unknown>) => {
    const program = programs.start('serve', { ...settings, aheadMs }, port);
    await program.said('serving');
    await Promise.race([over(), program.crashed]);
    expect(await program.kill()).toBe(true);
    laterBy(laterMinutes);
  };
  laterBy(49 * 60);
  const longestMs = 2 * answerMs + (2 * answerMs * claimed.length) / 30 / kills;
  for (let kill = 0; kill < kills; kill += 1) await workUntil(() => pause(random() * longestMs));
  while ((await countOpen(institution)) > 0) {
    // When SEEK Pass did not answer, the next one asks minutes later.
    const over = Date.now() + patienceMs;
    await workUntil(async () => {
      while (Date.now() < over && (await countOpen(institution)) > 0) await pause(50);
    });
  }
}

/** Every award is in the state that SEEK Pass says, and got there by one line of its history. */
export async function expectEndsOfSeekPass(
  institution: Institution,
  claimed: readonly Claimed[],
): Promise<void> {
  const { submissions } = institution.sandbox.control;
  const expected = claimed.map(({ awardId, redirectUri }) => {
    const { status, canceledBy } = submissions.read(redirectUri);
    return { id: awardId, ...ends[canceledBy ?? status] };
  });
  expect(new Set(expected.map(({ state }) => state))).toEqual(new Set(['added', 'declined', 'ready']));
  const stored = await query(institution, async (client) => {
    const { rows } = await client.query<(typeof expected)[number]>(
      `SELECT id, state, (SELECT string_agg(what, ' ') FROM history WHERE history.award_id = awards.id
          AND what NOT IN ('created', 'submitted') AND what NOT LIKE 'mail%') AS history FROM awards`,
    );
    return rows;
  });
  const inOrder = (rows: typeof expected) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(inOrder(stored)).toEqual(inOrder(expected));
}

/** What an award is in the end, by what became of its submission. After the 48 hours its link works again. */
const ends: Readonly<Record<string, { readonly state: AwardState; readonly history: string }>> = {
  verified: { state: 'added', history: 'added' },
  learner: { state: 'declined', history: 'declined' },
  expiry: { state: 'ready', history: 'expired' },
};

async function countOpen(institution: Institution): Promise<number> {
  const stored = await countStored(institution, { open: `count(*) FROM submissions WHERE outcome = 'open'` });
  return stored['open'] ?? 0;
}
