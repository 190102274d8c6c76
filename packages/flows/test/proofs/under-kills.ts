import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Claimed, claimAll, learnersOf } from './claimants.ts';
import type { Institution } from './institution.ts';
import { countDueMails, countWaitingMails } from './mail-check.ts';
import type { Programs } from './programs.ts';
import { expectSaid } from './what-happened.ts';

/** How often what is killed. */
export const kills = { importer: 10, worker: 10, server: 20 };

/** A worker that is started again so much later finds the leases of the killed one over. */
const afterLeaseMs = 61_000;

/**
 * Imports the class list while importer and worker are killed, each at random times within `longestMs` of its work, and
 * imports it once more in the end.
 */
export async function importUnderKills(
  programs: Programs,
  { settings, ports: [port] }: Institution,
  {
    size,
    longestMs,
    random,
  }: { readonly size: number; readonly longestMs: number; readonly random: () => number },
): Promise<void> {
  const importing = async () => {
    for (let kill = 0; kill < kills.importer; kill += 1) {
      const program = programs.start('import', settings, size);
      await program.said('importing');
      await pause(random() * longestMs);
      await program.kill();
    }
    const last = programs.start('import', settings, size);
    await last.said('counts');
    expect(await last.ended).toBe(0);
  };
  const working = async () => {
    for (let kill = 0; kill < kills.worker; kill += 1) {
      const program = programs.start('serve', { ...settings, aheadMs: kill * afterLeaseMs }, port);
      await program.said('serving');
      // Mails take longer than the import that wants them.
      await pause(random() * (longestMs + 300));
      expect(await program.kill()).toBe(true);
    }
  };
  await Promise.all([importing(), working()]);
  // Once more from its start, as after a crash that nobody noticed: everything is there already.
  const again = programs.start('import', settings, size);
  expectSaid(await again.said('counts'), { counts: { unchanged: size } });
}

/** Lets a worker come back every few hours until no mail waits to be sent. */
export async function mailTheRest(programs: Programs, institution: Institution): Promise<void> {
  const {
    settings,
    ports: [port],
  } = institution;
  for (let hours = 1; (await countWaitingMails(institution)) > 0; hours += 2) {
    const program = programs.start('serve', { ...settings, aheadMs: hours * 3_600_000 }, port);
    await program.said('serving');
    while ((await countDueMails(institution, hours)) > 0) await Promise.race([pause(50), program.crashed]);
    await program.kill();
  }
}

/** How long an import takes that nobody disturbs, in milliseconds, so that kills can fall into all of it. */
export async function timeOfImport(
  programs: Programs,
  { settings }: Institution,
  size: number,
): Promise<number> {
  const program = programs.start('import', settings, size);
  await program.said('importing');
  const startedAt = performance.now();
  await program.said('counts');
  return performance.now() - startedAt;
}

/** Sends every learner through the claim pages while the process that serves them is killed, at random points of the whole. */
export async function claimUnderKills(
  programs: Programs,
  institution: Institution,
  { size, atOnce, random }: { readonly size: number; readonly atOnce: number; readonly random: () => number },
): Promise<readonly Claimed[]> {
  const {
    settings,
    ports: [port],
    post,
  } = institution;
  const learners = await learnersOf(settings, size);
  const points = Array.from({ length: kills.server }, () => random() * size).sort((a, b) => a - b);
  let program = programs.start('serve', settings, port);
  const claims = claimAll(learners, { post, ports: [port], atOnce });
  for (const point of points) {
    await Promise.race([claims.reached(point), program.crashed]);
    await program.said('serving');
    await pause(random() * 20);
    expect(await program.kill()).toBe(true);
    program = programs.start('serve', settings, port);
  }
  const claimed = await Promise.race([claims.finished, program.crashed]);
  await program.kill();
  return claimed;
}
