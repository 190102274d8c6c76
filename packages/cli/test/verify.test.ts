import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../src/free-port.ts';
import { type Issuer, setUpIssuer } from './issuer.ts';
import { type RunningProgram, seekPass, startSeekPass } from './seek-pass-process.ts';

/*
 * Verifications of one issuer on a sandbox, with real processes over one embedded store, while `serve` runs and receives real webhooks.
 */

const anh = { fullName: 'Nguyễn Thị Minh Ánh', dateOfBirth: '2001-11-02' };
const email = 'nguyen@learners.example';

let issuer: Issuer;
let serve: RunningProgram | undefined;
let origin: string;
let ready: string;

beforeAll(async () => {
  origin = `http://127.0.0.1:${await freePort()}`;
  issuer = await setUpIssuer(`${origin}/claim`);
  await appendFile(join(issuer.folder, 'seek-pass.config.yaml'), '\nverify: {}\nwebhooks: {}\n');
  serve = startSeekPass(['serve', '--json'], { folder: issuer.folder, quiet: true, lasting: true });
  ready = await serve.nextLine();
  const created = await issuer.run('webhooks', 'create');
  if (created.code !== 0) throw new Error(created.stderr);
}, 120_000);

afterAll(async () => {
  await serve?.stop('SIGTERM');
  await issuer.close();
});

const verify = (input: string, ...args: readonly string[]) =>
  seekPass(['verify', '--json', ...args], { folder: issuer.folder, input });

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);

/** A browser that presses the button of the start page; gives where SEEK Pass is, and what comes back with its cookie. */
async function press(url: string) {
  const opened = await fetch(url, { redirect: 'manual' });
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const page = await fetch(new URL(opened.headers.get('location') ?? '', url), { headers: { cookie } });
  const csrf = /name="csrf" value="([^"]*)"/.exec(await page.text())?.[1] ?? '';
  const pressed = await fetch(page.url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ csrf }),
    headers: { cookie, origin },
  });
  return {
    link: pressed.headers.get('location') ?? '',
    open: async (address: string) => {
      const first = await fetch(address, { headers: { cookie }, redirect: 'manual' });
      const next = new URL(first.headers.get('location') ?? address, address);
      return (await fetch(next, { headers: { cookie } })).text();
    },
  };
}

test('serve says where the verify pages are', () => {
  expect(JSON.parse(ready)).toMatchObject({ parts: { 'Verify pages': `${origin}/verify` } });
});

test('serve learns of the secret that another process stored', async () => {
  const trigger = async () => (await issuer.run('webhooks', 'trigger', 'vwsp_request.verified')).code;
  await expect.poll(trigger, { timeout: 60_000, interval: 500 }).toBe(0);
}, 90_000);

test('security rule 14: name and birth date come by standard input, and no option takes them', async () => {
  const option = await verify('', '--expect-name', anh.fullName);
  expect(option.code).toBe(2);
  const nobody = await verify('');
  expect(nobody).toMatchObject({ code: 2, stdout: '' });
  expect(nobody.stderr).toContain('standard input');
  const wrong = await verify(JSON.stringify({ ...anh, dateOfBirth: '2.11.2001' }));
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).not.toContain('Ánh');
}, 60_000);

test('from the link to a match: a real webhook finds the result, the browser that started releases it', async () => {
  const made = await verify(JSON.stringify(anh), '--no-wait', '--reference', 'application 17');
  expect(made.code).toBe(0);
  const [{ verificationId = '', url = '' } = {}] = linesOf(made.stdout);
  expect(url).toContain(`${origin}/verify/start/${verificationId}/`);

  const browser = await press(url);
  expect((await verify('', verificationId, '--no-wait')).stdout).toContain('"state":"open"');
  const { callbackUrl } = issuer.sandbox.control.learner.share({ link: browser.link, email });
  await issuer.sandbox.control.webhooks.idle();
  await expect
    .poll(async () => (await verify('', verificationId, '--no-wait')).stdout, { timeout: 90_000 })
    .toContain('"state":"held"');

  const page = await browser.open(callbackUrl ?? '');
  expect(page).toContain('has confirmed who you are');
  const ended = await verify('', verificationId);
  expect(ended.code).toBe(0);
  expect(linesOf(ended.stdout)).toEqual([
    { verificationId, state: 'matched', evidence: 'observed', verdict: 'matched', reason: 'same_person' },
  ]);
  expect(ended.stdout + ended.stderr).not.toContain('Ánh');
}, 180_000);

test('somebody else is no match: exit code 1, and nothing says who it was', async () => {
  const made = await verify(JSON.stringify(anh), '--no-wait');
  const [{ verificationId = '', url = '' } = {}] = linesOf(made.stdout);
  const browser = await press(url);
  const { callbackUrl } = issuer.sandbox.control.learner.share({
    link: browser.link,
    email: 'suharto@learners.example',
  });
  await browser.open(callbackUrl ?? '');
  const ended = await verify('', verificationId);
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain('"verdict":"mismatched"');
  expect(ended.stdout + ended.stderr).not.toContain('Suharto');
  const unknown = await verify('', 'AAAAAAAAAAAAAAAAAAAAAA');
  expect(unknown.code).toBe(2);
}, 120_000);
