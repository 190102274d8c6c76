import { expect, test } from 'vitest';
import { awardInput, openAddFlow, sampleRun } from '../../../flows/test/add-flow-fixture.ts';
import { issueAwards } from '../../../flows/src/awards/issue-awards.ts';
import { awardRow, hash, recipientRow, historyRow } from '../../../flows/test/conformance/sample-rows.ts';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import { mariadb, postgres, sqlite } from './site-databases.ts';

test.each([sqlite, postgres, mariadb])(
  '$name',
  async ({ open, name }) => {
    const database = await open();
    const knex = database.openPool();
    const store = await openStrapiStore({ knex, client: database.client });
    const { context } = await openAddFlow({ store });
    const inputs = Array.from({ length: 1000 }, (_, at) =>
      awardInput({
        key: `k/${at}`,
        recipient: { fullName: `Person ${at}`, email: `p${at}@example.edu`, subject: `sis:${at}` },
      }),
    );
    const waits: number[] = [];
    let on = true;
    const other = (async () => {
      while (on) {
        const t = performance.now();
        await knex.raw('select 1');
        waits.push(performance.now() - t);
        await new Promise((r) => setTimeout(r, 5));
      }
    })();
    let lag = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      lag = Math.max(lag, performance.now() - last - 5);
      last = performance.now();
    }, 5);
    const began = performance.now();
    let n = 0;
    for await (const r of issueAwards(context, inputs, sampleRun)) {
      if (r.result === 'refused') throw new Error(JSON.stringify(r));
      n += 1;
    }
    const took = performance.now() - began;
    on = false;
    await other;
    clearInterval(timer);
    waits.sort((a, b) => a - b);
    const out = [
      `${name}: awardMany ${n} in ${Math.round(took)} ms; others p95 ${Math.round(waits[Math.floor(waits.length * 0.95)] ?? 0)} max ${Math.round(waits.at(-1) ?? 0)} of ${waits.length}, loop lag max ${Math.round(lag)}`,
    ];
    // 100,000 awards
    const t0 = performance.now();
    const issuer = 'many';
    for (let part = 0; part < 100; part += 1) {
      const at = Array.from({ length: 1000 }, (_, i) => part * 1000 + i);
      await store.transaction(async (tx) => {
        await tx.insertRecipients(at.map((i) => recipientRow(issuer, `r${i}`)));
        await tx.insertAwards(
          at.map((i) =>
            awardRow(issuer, `a${i}`, `r${i}`, {
              createdAt: 1e12 + i,
              sealedCredential: Buffer.alloc(600, i),
            }),
          ),
        );
        await tx.appendHistory(at.map((i) => historyRow(issuer, `a${i}`)));
      });
    }
    out.push(`100,000 stored in ${Math.round(performance.now() - t0)} ms`);
    const time = async (what: string, f: () => Promise<unknown>) => {
      const t = performance.now();
      await f();
      out.push(`${what} ${Math.round(performance.now() - t)} ms`);
    };
    await time('first page of 50', () => store.read.listAwards({ issuer, limit: 50 }));
    await time('page at 90,000', () =>
      store.read.listAwards({ issuer, limit: 50, cursor: `${1e12 + 90_000}.a90000` }),
    );
    await time('page by state', () => store.read.listAwards({ issuer, limit: 50, state: 'ready' }));
    await time('page of rare state', () => store.read.listAwards({ issuer, limit: 50, state: 'added' }));
    await time('counts', () => store.read.countByState(issuer));
    await time('by key 500', () =>
      store.read.awardsByKey(
        issuer,
        Array.from({ length: 500 }, (_, i) => hash(`key of a${i * 7}`)),
      ),
    );
    console.log(out.join('\n  '));
    await database.close();
    expect(n).toBe(1000);
  },
  200_000,
);
