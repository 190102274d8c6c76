import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SettingsAnswer } from '../../contract/settings.ts';
import { startSite } from '../site/start-site.ts';
import { sandboxValues, save, startNewSite } from './new-site.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seek-pass-boot-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a wrong setting in the code stops the start, with a sentence for each', async () => {
  await expect(startSite({ config: { clientid: 'x', brand: { nam: 'y' } } })).rejects.toThrow(
    /no setting of brand named "nam": rename it to name.*no setting named "clientid": rename it to clientId/s,
  );
}, 30_000);

test('security rule 24: without an encryption key no secret is saved, and the sentence says what to do', async () => {
  const site = await startNewSite(join(folder, 'keys.json'), { env: { ENCRYPTION_KEY: '' } });
  try {
    const { clientSecret } = site.sandbox;
    const refused = await save(site, { values: sandboxValues(site.sandbox), clientSecret });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toMatch(
      /not saved: .*admin\.secrets\.encryptionKey.*SEEK_PASS_CLIENT_SECRET/,
    );
    expect(refused.body.error.details.errors?.[0]?.path).toEqual(['clientSecret']);
    const { body } = await site.admin.ask<SettingsAnswer>('GET', '/seek-pass/settings');
    expect(body).toMatchObject({ revision: 0, secret: 'missing', canSaveSecret: false });
  } finally {
    await site.close();
  }
}, 30_000);
