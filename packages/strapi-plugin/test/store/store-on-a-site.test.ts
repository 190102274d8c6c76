import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardInput, sampleRun } from '../../../flows/test/add-flow-fixture.ts';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { type Site, startSite } from '../site/start-site.ts';

let folder = '';
let sandbox: Sandbox;
/** Started again with a content type that was changed meanwhile. */
let site: Site;
const atFirst = { tables: [] as string[], columns: [] as string[] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seek-pass-two-starts-'));
  sandbox = await startSandbox();
  const config = {
    keys: generateKeyRing(),
    claimKey: generateClaimKey(),
    namespace: createNamespace({ environment: 'sandbox', clientId: sandbox.clientId }),
  };
  const first = await startSite({ folder, sandbox, config });
  await connectionOf(first).addFlow.award(awardInput(), sampleRun);
  atFirst.tables = await ourTables(first);
  atFirst.columns = await columnsOfLearners(first);
  await first.close();
  site = await startSite({ folder, sandbox, config, env: { SITE_CHANGED_LEARNER: 'yes' } });
}, 120_000);

afterAll(async () => {
  delete process.env['SITE_CHANGED_LEARNER'];
  await site.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const connectionOf = ({ strapi }: Site) => serviceOf(strapi, 'connection').required();

const columnsOfLearners = async ({ strapi }: Site) =>
  Object.keys(await strapi.db.connection('learners').columnInfo());

const ourTables = async ({ strapi }: Site) =>
  (await strapi.db.dialect.schemaInspector.getTables()).filter((name) => name.startsWith('seek_pass_'));

test('awards are still there after a start at which Strapi changes its tables', async () => {
  expect(atFirst.tables).toContain('seek_pass_awards');
  expect(atFirst.columns).not.toContain('nickname');
  expect(await columnsOfLearners(site)).toContain('nickname');
  expect(await ourTables(site)).toEqual(atFirst.tables);
  const again = await connectionOf(site).addFlow.award(awardInput(), sampleRun);
  expect(again.result).toBe('unchanged');
});

test('inside a transaction of Strapi nothing is stored, instead of waiting for its end for ever', async () => {
  const { store, addFlow } = connectionOf(site);
  const another = awardInput({ key: '2026/WELD/2' });
  let committed: Promise<unknown> | undefined;
  await site.strapi.db.transaction(async ({ onCommit }) => {
    await expect(addFlow.award(another, sampleRun)).rejects.toThrow(/onCommit/);
    await expect(store.read.countByState('sandbox')).rejects.toThrow(/onCommit/);
    await expect(store.limits.used('x', 1, 1)).rejects.toThrow(/onCommit/);
    onCommit(() => {
      committed = addFlow.award(another, sampleRun);
    });
  });
  expect(await committed).toMatchObject({ result: 'created' });
});
