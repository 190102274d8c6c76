import { proof, type ProofRun } from '@seek-pass-kit/prove';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { describe, expect } from 'vitest';
import type { SettingsAnswer } from '../../contract/settings.ts';
import { Learner } from '../site/learner.ts';
import { StaffMember } from '../site/staff-member.ts';
import { severalProcesses } from './several-processes.ts';

interface Issued {
  readonly awardId: string;
  readonly url: string;
}

const perSecond = 20;
/** On a busy machine. */
const patiently = { timeout: 60_000 };
const statusPath = '/api/partner/v1/submissions/status.json';

describe.skipIf(await postgresMissing())('three Strapi processes on one PostgreSQL', () => {
  proof(
    'Started together they make tables and keys once; each learner gets one mail and each credential is asked about once, within the quota; what is saved at one counts at all; a database that was away comes back',
    { small: 4, full: 200 },
    workTogether,
  );
});

async function workTogether({ size }: ProofRun): Promise<void> {
  const ground = await severalProcesses({ quota: { perSecond } });
  const { sandbox } = ground;
  const mails = () => ground.mails();
  // Strapi's own tables are made by one process: several at once get in each other's way.
  const first = await ground.start({ SEEK_PASS_ENABLED: 'false' });
  first.signal('SIGTERM');
  await first.ended;
  const sites = await Promise.all([ground.start(), ground.start(), ground.start()]);
  const [one, two] = sites;
  const all = <Answer>(word: string, ...given: unknown[]) =>
    Promise.all(sites.map((site) => site.ask<Answer>(word, ...given)));
  expect(await all('problem')).toEqual([null, null, null]);

  const awards = await one.ask<Issued[]>('award', 'learner', size);
  const addresses = awards.map((_, number) => `learner-${number}@learners.example`);
  await expect
    .poll(async () => {
      await all('tick');
      return (await mails()).length;
    }, patiently)
    .toBeGreaterThanOrEqual(size);
  await all('tick');
  expect((await mails()).map(({ to }) => to).toSorted()).toEqual(addresses.toSorted());

  // Every claim begins at one process and goes on at the others.
  sandbox.control.requests.clear();
  for (const [number, { awardId, url }] of awards.entries()) {
    const to = addresses[number] ?? '';
    let turn = number;
    const doors = {
      sandbox,
      get url() {
        turn += 1;
        return sites[turn % sites.length]?.url ?? '';
      },
    };
    const learner = new Learner(doors, async () => (await mails()).filter((mail) => mail.to === to));
    await learner.proves(url);
    learner.accepts(await learner.addsAward(awardId), to);
  }
  await all('ahead', 6 * 60_000);
  sandbox.control.clock.advance({ minutes: 6 });
  sandbox.control.requests.clear();
  await expect
    .poll(async () => {
      await all('tick');
      return one.ask('counts');
    }, patiently)
    .toEqual({ added: size });
  await all('tick');
  const asked = sandbox.control.requests
    .list(500)
    .filter(({ url }) => url === statusPath)
    .flatMap(({ requestBody }) => (JSON.parse(requestBody) as { ids: string[] }).ids);
  expect(asked).toHaveLength(size);
  expect(new Set(asked).size).toBe(size);

  const admin = await StaffMember.registering(two.url);
  const { body: before } = await admin.ask<SettingsAnswer>('GET', '/seek-pass/settings');
  const saved = await admin.ask<SettingsAnswer>('PUT', '/seek-pass/settings', {
    revision: before.revision,
    values: { 'brand.helpEmail': 'help@wattlebay.example' },
  });
  expect(saved.status).toBe(200);
  await all('tick');
  for (const settings of await all<object>('settings'))
    expect(settings).toMatchObject({ 'brand.helpEmail': 'help@wattlebay.example' });

  const { database } = ground;
  // A server that the tests were given is not ours to stop.
  if (database.restart === undefined) return;
  await one.ask('award', 'later', 3);
  let ticks: Promise<unknown> = Promise.resolve();
  await database.restart('immediate', async () => {
    ticks = Promise.all(Array.from({ length: 20 }, () => all('tick')));
    expect(await admin.ask('GET', '/seek-pass/issuances')).toMatchObject({ status: 500 });
  });
  await ticks;
  const later = async () => (await mails()).filter(({ to }) => to.startsWith('later-'));
  await expect
    .poll(async () => {
      await all('tick');
      return (await later()).length;
    }, patiently)
    .toBe(3);
  expect(new Set((await later()).map(({ to }) => to)).size).toBe(3);
  expect(await all('problem')).toEqual([null, null, null]);
  expect(await admin.ask('GET', '/seek-pass/issuances')).toMatchObject({ status: 200 });
  // Strapi's cron and the test ticked many times; what was wrong is told when it changes.
  for (const { log } of sites) expect(log().match(/"work_failed"/g)?.length ?? 0).toBeLessThan(10);
}
