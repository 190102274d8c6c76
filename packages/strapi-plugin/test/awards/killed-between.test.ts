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
import { createCompletion } from '../site/completions.ts';
import { courseMapping } from '../mapping/course-mapping.ts';
import { startSite } from '../site/start-site.ts';

const contentType = 'api::completion.completion';
const mapping = courseMapping.name;

test('a process that is killed between an award and its note loses neither', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-killed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { baseUrl, clientId, clientSecret } = sandbox;
  const config = {
    environment: 'sandbox',
    baseUrl,
    clientId,
    clientSecret,
    keys: generateKeyRing(),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl: 'http://127.0.0.1/claim',
    brand: { name: 'Wattle Bay Training' },
    mappings: [courseMapping],
  };
  const env = {
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: join(folder, 'site.db'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
  };
  const dying = spawn(process.execPath, [join(import.meta.dirname, 'dying-site.mjs')], {
    env: { ...process.env, ...env, SEEK_PASS_CONFIG: JSON.stringify(config) },
  });
  let printed = '';
  for (const stream of [dying.stdout, dying.stderr]) stream.on('data', (bytes) => (printed += String(bytes)));
  const [, signal] = (await once(dying, 'exit')) as [number | null, string | null];
  if (signal !== 'SIGKILL') expect.fail(printed);
  const documentId = /^entry (\w+)$/m.exec(printed)?.[1] ?? expect.fail(printed);

  const site = await startSite({ config, env });
  onTestFinished(() => site.close());
  const awards = serviceOf(site.strapi, 'entry-awards');
  const { addFlow } = serviceOf(site.strapi, 'connection').required();
  const rows = () => site.strapi.db.connection('seek_pass_entry_awards').select('document_id', 'award_id');
  // The award is there, and its entry with it; only which version of it is noted later.
  expect(await addFlow.counts()).toEqual({ ready: 1 });
  expect(await rows()).toEqual([{ document_id: documentId, award_id: null }]);
  expect(
    await site.strapi.db.connection('seek_pass_awards as a').join('seek_pass_entry_awards as e', {
      'e.issuer': 'a.issuer',
      'e.key_hash': 'a.key_hash',
    }),
  ).toHaveLength(1);
  const [award] = await awards.awardsOf({ contentType, documentId });
  expect(award).toMatchObject({ state: 'ready', changed: false, issued: { version: 1 } });
  expect(await rows()).toEqual([{ document_id: documentId, award_id: award?.issued?.awardId }]);
  // Whoever was cut off issues again, and nothing happens twice.
  const again = await awards.issue({ contentType, documentId, mapping, who: 'strapi:1' });
  expect(again).toMatchObject({ result: 'unchanged', awardId: award?.issued?.awardId });

  // Before the award there is a row, and nothing else: the entry is not issued, and can be.
  const other = await createCompletion(site.strapi);
  const place = { contentType, documentId: other.documentId, mapping, who: 'strapi:1' };
  const issueAward = addFlow.award.bind(addFlow);
  addFlow.award = () => Promise.reject(new Error('cut off'));
  await expect(awards.issue(place)).rejects.toThrow('cut off');
  addFlow.award = issueAward;
  expect(await rows()).toHaveLength(2);
  expect((await awards.statesOf(contentType, [other.documentId])).get(other.documentId)).toMatchObject([
    { state: 'not_issued' },
  ]);
  expect(await awards.issue(place)).toMatchObject({ result: 'created' });
});
