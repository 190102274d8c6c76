import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { startSandbox } from '@seek-pass-kit/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { mailsOf } from '../site/sent-mails.ts';
import { startSite } from '../site/start-site.ts';
import { makeCompletions } from './completions.ts';
import { allRows, bulkRole, settled, startRun, tickedRun } from './follow-run.ts';

test('a run whose process is killed goes on: one award a key, and nobody is mailed twice', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-killed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { clientId } = sandbox;
  const config = {
    keys: generateKeyRing(),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
  };
  const env = { ENCRYPTION_KEY: randomBytes(32).toString('hex') };
  const first = await startSite({ config, env, folder, sandbox });
  const staff = await first.staff(bulkRole);
  const ids = await makeCompletions(first, 80);
  const looked = await startRun(staff, tickedRun(ids));
  expect(looked).toMatchObject({ state: 'waiting', planned: { created: 80 } });
  await first.close();

  const dying = spawn(process.execPath, [join(import.meta.dirname, 'dying-run.mjs')], {
    env: { ...process.env, RUN_ID: looked.id, RUN_WHO: `strapi:${staff.id}`, RUN_AWARDS: '80' },
  });
  let printed = '';
  for (const stream of [dying.stdout, dying.stderr]) stream.on('data', (bytes) => (printed += String(bytes)));
  const [, signal] = (await once(dying, 'exit')) as [number | null, string | null];
  if (signal !== 'SIGKILL') expect.fail(printed);

  // What is left is done when this test says so.
  const site = await startSite({ config: { ...config, work: false }, env, folder, sandbox });
  onTestFinished(() => site.close());
  const knex = site.strapi.db.connection;
  const [{ decided = 0 } = {}] = await knex('seek_pass_runs').where({ id: looked.id });
  expect(decided).toBeLessThan(80);
  // As if the time had passed that a worker has to give a sign of life.
  await knex('seek_pass_runs').update({ leased_until: 0 });
  await knex('seek_pass_jobs').where({ state: 'leased' }).update({ claimable_at: 0 });
  await serviceOf(site.strapi, 'runs').work();
  const other = await site.staff(bulkRole);
  const done = await settled(other, looked.id);
  expect(done).toMatchObject({
    state: 'done',
    decided: 80,
    results: { created: 80, unchanged: 0, refused: 0 },
  });
  const rows = await allRows(other, looked.id);
  expect(new Set(rows.map(({ awardId }) => awardId)).size).toBe(80);
  const { addFlow } = serviceOf(site.strapi, 'connection').required();
  expect(await addFlow.counts()).toEqual({ ready: 80 });

  for (let settledNow = 1; settledNow > 0; ) {
    const { jobs } = await addFlow.runDue({ budgetMs: 2_000 });
    settledNow = jobs.done + jobs.retried;
  }
  const before = [...printed.matchAll(/^mail (\S+)$/gm)].map(([, to]) => to);
  const mailed = [...before, ...mailsOf().map(({ to }) => to)];
  expect(mailed).toHaveLength(new Set(mailed).size);
  // Of what was on its way then nobody knows whether it left: it is not sent again by itself, and a person is told of each.
  const accepted = await knex('seek_pass_mails').where({ state: 'accepted' });
  const unknown = [];
  for await (const { state } of addFlow.mailTroubles()) unknown.push(state);
  expect(new Set(unknown)).toEqual(new Set(unknown.map(() => 'unknown')));
  expect(accepted.length + unknown.length).toBe(80);
  expect(mailed.length).toBeGreaterThanOrEqual(accepted.length);
});
