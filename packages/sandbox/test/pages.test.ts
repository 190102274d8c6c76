import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { personas } from '../src/index.ts';
import { isWalletPage, linkBehind, wayOn } from '../src/pages/wallet/wallet-paths.ts';
import { contentId, freshSandbox, partnerOf } from './partner.ts';
import { microcredential } from './payloads.ts';

/** A browser's cookie jar for one host. */
async function logIn(
  baseUrl: string,
  persona: string,
  next = '/wallet',
): Promise<{ cookie: string; location: string | null }> {
  const answer = await fetch(`${baseUrl}/wallet/log-in/persona`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ persona, next }),
  });
  const [cookie] = answer.headers.getSetCookie();
  return { cookie: cookie?.split(';')[0] ?? '', location: answer.headers.get('location') };
}

test('every page forbids to frame, store and load, and only its own style and script run', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('page-1'));
  const pages = [
    body.redirect_uri.replace(/#.*$/u, ''),
    `${sandbox.baseUrl}/wallet/add/${contentId(body.redirect_uri)}`,
    `${sandbox.baseUrl}/wallet/add/unknown`,
    `${sandbox.baseUrl}/wallet/log-in`,
    sandbox.inboxUrl,
    ...[
      '',
      'submissions',
      'verifications',
      'requests',
      'webhooks',
      'faults',
      'submissions/page-1',
      'requests/1',
    ].map((section) => sandbox.controlUrl + section),
  ];
  const nonces = new Set<string>();
  for (const page of pages) {
    const answer = await fetch(page);
    const text = await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';
    const [, nonce = ''] = /style-src 'nonce-([0-9a-f]{32})'/u.exec(policy) ?? [];
    expect({ page, nonce: nonce.length }).toEqual({ page, nonce: 32 });
    expect(nonces.has(nonce)).toBe(false);
    nonces.add(nonce);
    for (const directive of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ])
      expect(policy.split('; ')).toContain(directive);
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(text).not.toMatch(/\sstyle=|\son[a-z]+=/u);
    for (const [tag] of text.matchAll(/<(?:style|script)\b[^>]*>/gu))
      expect(tag).toContain(`nonce="${nonce}"`);
  }
});

test('the wallet tells where the inbox is, and neither tells where the control panel is', async () => {
  const sandbox = await freshSandbox();
  const secret = new URL(sandbox.controlUrl).pathname.split('/')[1] ?? '';
  const wallet = await (await fetch(`${sandbox.baseUrl}/wallet/log-in`)).text();
  const inbox = await (await fetch(sandbox.inboxUrl)).text();
  expect(wallet).toContain(sandbox.inboxUrl);
  for (const page of [wallet, inbox]) expect(page).not.toContain(secret);
});

describe('log-in', () => {
  test('goes on to pages of the wallet only', async () => {
    const sandbox = await freshSandbox();
    for (const elsewhere of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/wallet/../x',
      'wallet',
    ])
      expect(await logIn(sandbox.baseUrl, 'kim', elsewhere)).toMatchObject({ location: '/wallet' });
    expect(wayOn('/wallet/add/abc-1')).toBe('/wallet/add/abc-1');
  });

  test('uses a cookie of its own port that scripts cannot read', async () => {
    const [one, two] = [await freshSandbox(), await freshSandbox()];
    const answer = await fetch(`${one.baseUrl}/wallet/log-in/persona`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ persona: 'kim' }),
    });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/u);
    expect(cookie).toContain(`_${new URL(one.baseUrl).port}=`);
    const name = cookie.split('=')[0] ?? '';
    expect((await logIn(two.baseUrl, 'kim')).cookie.startsWith(`${name}=`)).toBe(false);
  });

  test('keeps codes and addresses out of URLs and of the request log', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const answer = await fetch(`${sandbox.baseUrl}/wallet/log-in`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ email: 'secret@school.example' }),
    });
    expect(answer.headers.get('location')).toBe('/wallet/log-in/code?next=%2Fwallet');
    expect(partner.accessToken).not.toBe('');
    expect(sandbox.control.requests.list().map(({ url }) => url)).toEqual([
      '/api/partner/v1/oauth/token.json',
    ]);
  });
});

test('asking for the head of a page binds nobody; opening it does', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('head-1'));
  const page = `${sandbox.baseUrl}/wallet/add/${contentId(body.redirect_uri)}`;
  const { cookie } = await logIn(sandbox.baseUrl, 'kim');
  await fetch(page, { method: 'HEAD', headers: { cookie } });
  expect(sandbox.control.submissions.read('head-1').boundTo).toBe(null);
  await fetch(page, { headers: { cookie } });
  expect(sandbox.control.submissions.read('head-1').boundTo).toBe('kim@learners.example');
});

test('a page of the wallet takes no form from another site', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('csrf-1'));
  const page = `${sandbox.baseUrl}/wallet/add/${contentId(body.redirect_uri)}`;
  const { cookie } = await logIn(sandbox.baseUrl, 'kim');
  await fetch(page, { headers: { cookie } });
  const answer = await fetch(`${page}/consent`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: 'https://evil.example' },
  });
  expect(answer.status).toBe(403);
  expect((await partner.status('csrf-1')).body.status).toBe('incomplete');
});

test('paths of the wallet are told from paths of the API', () => {
  for (const page of [
    '/',
    '/?x',
    '/wallet',
    '/wallet?x',
    '/wallet/add/1',
    '/partner/add/education',
    '/partner/verify/x',
  ])
    expect([page, isWalletPage(page)]).toEqual([page, true]);
  for (const call of ['/api/partner/v1/add/education.json', '/uploads/1', '/wallets', '/openapi.json'])
    expect([call, isWalletPage(call)]).toEqual([call, false]);
  expect(linkBehind('/wallet/verify/a-1')).toEqual({ flow: 'verify', contentId: 'a-1' });
  expect(linkBehind('/wallet')).toBe(undefined);
});

test('the documentation lists the personas as they are', async () => {
  const text = await readFile(
    new URL('../../../apps/docs/docs/sandbox/wallet-pages.md', import.meta.url),
    'utf8',
  );
  const rows = text.split('\n').filter((line) => line.includes('@learners.example` |'));
  expect(rows).toEqual(
    personas.map(({ fullName, email, note }) => `| ${fullName} | \`${email}\` | ${note} |`),
  );
});
