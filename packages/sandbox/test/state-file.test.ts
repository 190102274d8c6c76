import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../src/index.ts';
import { freshSandbox, partnerOf } from './partner.ts';
import { education, universal } from './payloads.ts';

async function freshPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'state.json');
}

test('a restarted sandbox knows everything it knew: partner, clock, submissions, wallet, webhooks, mails', async () => {
  const stateFile = await freshPath();
  const before = await startSandbox({ stateFile });
  before.control.clock.freeze({ at: '2030-01-01T00:00:00Z' });
  const partner = await partnerOf(before);
  const link = (await partner.add(education('e'))).body.redirect_uri;
  await partner.add(education('open'));
  await partner.call(
    'POST',
    '/api/partner/v2/add/requests/universal_credential',
    universal('u', [{ asset_id: 'a', asset_type: 'pdf' }]),
  );
  await partner.call('POST', '/api/partner/v2/webhooks', { url: 'https://a.example/hook' });
  const request = { request_id: 'r', display_options: { partner_name: 'Examples' } };
  await partner.call('POST', '/api/partner/v2/verify/requests/digital_identity.json', request);
  before.control.learner.consent({ link, email: 'kim@learners.example' });
  const summary = ({ control }: typeof before) => ({
    submissions: control.submissions.list().map((one) => ({ ...one, redirectUri: '' })),
    verifications: control.verifications.list().map((one) => ({ ...one, redirectUri: '' })),
    endpoints: control.webhooks.endpoints(),
    wallet: control.learner.wallet({ email: 'kim@learners.example' }),
    mails: control.mails.list(),
  });
  const known = summary(before);
  await before.close();

  const after = await freshSandbox({ stateFile });
  expect(summary(after)).toEqual(known);
  expect([after.clientId, after.clientSecret]).toEqual([before.clientId, before.clientSecret]);
  expect(after.control.clock.state()).toMatchObject({ iso: '2030-01-01T00:00:00.000Z', frozen: true });
  const again = await partnerOf(after);
  expect((await again.status('e')).body.status).toBe('verified');
  after.control.clock.advance({ hours: 48 });
  expect(after.control.submissions.read('open').status).toBe('canceled');
  expect(after.control.submissions.read('e').walletCopy).toBe('deleted');
});

test('the file is written soon after a change, for its owner only, with nothing half-written beside it', async () => {
  const stateFile = await freshPath();
  const sandbox = await freshSandbox({ stateFile });
  const partner = await partnerOf(sandbox);
  await partner.add(education('e'));
  await expect
    .poll(() => readFile(stateFile, 'utf8').catch(() => ''), { timeout: 5000 })
    .toContain('"id":"e"');
  expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
  await expect.poll(() => readdir(join(stateFile, '..'))).toEqual(['state.json']);
});

test.each([
  ['half a file', '{"format":"seek-pass-sandbox","version":1,"clo', 'state_file_corrupt'],
  ['an empty file', '', 'state_file_corrupt'],
  ['another JSON file', '{"version":1,"name":"x"}', 'state_file_corrupt'],
  ['a later version', '{"format":"seek-pass-sandbox","version":2}', 'state_file_version'],
])('%s stops the start and stays as it is', async (_name, content, code) => {
  const stateFile = await freshPath();
  await writeFile(stateFile, content);
  await expect(startSandbox({ stateFile })).rejects.toThrow(expect.objectContaining({ code }));
  expect(await readFile(stateFile, 'utf8')).toBe(content);
});

test('a path that cannot be written is told when the sandbox closes', async () => {
  const sandbox = await startSandbox({ stateFile: join(tmpdir(), 'no-such-folder', 'state.json') });
  await expect(sandbox.close()).rejects.toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
});
