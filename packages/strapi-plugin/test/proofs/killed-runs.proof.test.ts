import { setTimeout as pause } from 'node:timers/promises';
import { proof, type ProofRun } from '@seek-pass-kit/prove';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { describe, expect, onTestFinished } from 'vitest';
import type { RunDetail } from '../../contract/runs.ts';
import { makeCompletions } from '../runs/completions.ts';
import { allRows, bulkRole, startRun, tickedRun } from '../runs/follow-run.ts';
import { startSite } from '../site/start-site.ts';
import { severalProcesses } from './several-processes.ts';

/** On a busy machine. */
const patiently = { timeout: 90_000 };

describe.skipIf(await postgresMissing())('a bulk run of two processes on PostgreSQL', () => {
  proof(
    'Processes are killed, hang for longer than their lease, and are told to end: one award a key, the counters of the run are right, and nobody is mailed twice',
    { small: 60, full: 1_000 },
    issueUnderKills,
  );
});

async function issueUnderKills({ size, seed }: ProofRun): Promise<void> {
  const ground = await severalProcesses();
  // Answers staff, and does no work itself.
  const config = JSON.stringify({ ...ground.config, work: false });
  const env = { ...ground.env, SEEK_PASS_CONFIG: config };
  const site = await startSite({ env, sandbox: ground.sandbox });
  onTestFinished(() => site.close());
  const random = seeded(seed);
  const knex = site.strapi.db.connection;
  const staff = await site.staff(bulkRole);
  const ids = await makeCompletions(site, size);
  const byHand = () => ground.start({ BY_HAND: 'yes' });
  const [killed, hanging, ending] = await Promise.all([byHand(), byHand(), byHand()]);
  const asked = await startRun(staff, tickedRun(ids), () => ending.ask('work'));
  expect(asked).toMatchObject({ state: 'waiting', planned: { created: size } });
  const path = `/seek-pass/runs/${asked.id}`;
  const look = async () => (await staff.ask<RunDetail>('GET', path)).body;
  // As if the time had passed that a worker has to give a sign of life.
  const leaseEnds = () => knex('seek_pass_runs').update({ leased_until: 0 });
  await staff.ask('POST', `${path}/confirm`, { awards: asked.brake?.awards });

  await killed.ask('endAtNote', 'SIGKILL');
  killed.ask('work').catch(() => undefined);
  expect(await killed.ended).toBe('SIGKILL');
  await leaseEnds();
  for (let kill = 0; kill < size / 100 - 1; kill += 1) {
    const another = await byHand();
    another.ask('work').catch(() => undefined);
    await pause(random() * 1_500);
    another.signal('SIGKILL');
    await another.ended;
    await leaseEnds();
  }

  await hanging.ask('endAtNote', 'SIGSTOP');
  const lost = hanging.ask('work');
  await hanging.stands();
  await leaseEnds();
  const decidedThen = (await look()).decided;
  await ending.ask('holdMails');
  const goesOn = ending.ask('work');
  await expect.poll(async () => (await look()).decided, patiently).toBeGreaterThan(decidedThen);
  hanging.signal('SIGCONT');
  await lost;
  await expect.poll(async () => (await ground.mails()).length, patiently).toBeGreaterThan(0);
  const onTheirWay = (await ground.mails()).length;
  goesOn.catch(() => undefined);
  ending.signal('SIGTERM');
  await expect.poll(() => ending.log().includes('Shutting down'), patiently).toBe(true);
  await ending.ask('answerMails');
  expect(await ending.ended).toBe(0);
  const mailsThat = async (state: string) => {
    const [row] = await knex('seek_pass_mails').where({ state }).count({ count: '*' });
    return Number(row?.['count']);
  };
  // Whoever is told to end comes to the end of what it has in its hands, and leaves the rest to others at once.
  expect(await mailsThat('accepted')).toBeGreaterThanOrEqual(onTheirWay);

  await expect
    .poll(async () => {
      await hanging.ask('work');
      const { state } = await look();
      if (state === 'paused') await staff.ask('POST', `${path}/resume`);
      return state;
    }, patiently)
    .toBe('done');
  expect(await look()).toMatchObject({
    decided: size,
    results: { created: size, unchanged: 0, refused: 0 },
  });
  const rows = await allRows(staff, asked.id);
  expect(new Set(rows.map(({ awardId }) => awardId)).size).toBe(size);
  expect(await hanging.ask('counts')).toEqual({ ready: size });
  expect(await knex('seek_pass_entry_awards').whereNotNull('award_id').count({ count: '*' })).toMatchObject([
    { count: String(size) },
  ]);

  await expect
    .poll(async () => {
      // As if the leases of those that were killed had ended.
      await knex('seek_pass_jobs').where({ state: 'leased' }).update({ claimable_at: 0 });
      await hanging.ask('tick');
      return (await mailsThat('accepted')) + (await mailsThat('unknown'));
    }, patiently)
    .toBe(size);
  const mailed = (await ground.mails()).map(({ to }) => to);
  expect(mailed).toHaveLength(new Set(mailed).size);
  expect(mailed.length).toBeGreaterThanOrEqual(await mailsThat('accepted'));
  if (size < 200) expect(mailed).toHaveLength(size);
}

/** A generator that can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
