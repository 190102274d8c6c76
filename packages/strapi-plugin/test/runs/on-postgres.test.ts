import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';
import { expect, onTestFinished, test } from 'vitest';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { RunStore } from '../../server/src/runs/run-store.ts';
import { startSite } from '../site/start-site.ts';
import { makeCompletions } from './completions.ts';
import { allRows, bulkRole, confirmRun, filterRun, settled, startRun } from './follow-run.ts';

const without = await postgresMissing();

test.skipIf(without)(
  'a run over a list is checked and issued on PostgreSQL, and one of many workers takes it up',
  { timeout: 120_000 },
  async () => {
    const server = await openTestDatabase();
    onTestFinished(() => server.close());
    const env = { DATABASE_CLIENT: 'postgres', DATABASE_URL: server.connectionString };
    const site = await startSite({ env });
    onTestFinished(() => site.close());
    const staff = await site.staff(bulkRole);
    await makeCompletions(site, 30);
    const looked = await startRun(staff, filterRun({}));
    expect(looked).toMatchObject({ state: 'waiting', total: 30, planned: { created: 30 } });
    const done = await confirmRun(staff, looked);
    expect(done).toMatchObject({ state: 'done', results: { created: 30 } });
    expect(new Set((await allRows(staff, done.id)).map(({ awardId }) => awardId)).size).toBe(30);

    // As after a crash: of many that see it, one takes it.
    await site.strapi.db.connection('seek_pass_runs').update({ state: 'issuing', leased_until: 0 });
    const { context } = serviceOf(site.strapi, 'connection').required().addFlow;
    const stores = Array.from({ length: 6 }, () => new RunStore(site.strapi, context.issuer));
    const taken = await Promise.all(stores.map((store) => store.claim(context.clock.now())));
    // None, if the site itself was faster.
    expect(taken.filter((run) => run !== undefined).length).toBeLessThanOrEqual(1);

    // Whoever took it is gone: it is done all the same.
    await site.strapi.db.connection('seek_pass_runs').update({ leased_until: 0 });
    await serviceOf(site.strapi, 'runs').work();
    expect(await settled(staff, done.id)).toMatchObject({
      state: 'done',
      decided: 30,
      results: { created: 30 },
    });
  },
);
