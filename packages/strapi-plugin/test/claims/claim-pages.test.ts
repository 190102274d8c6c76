import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Learner } from '../site/learner.ts';
import { loggedDuring } from '../site/logged-during.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { addFlowOf, issueAward, lan } from './issued-award.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 60_000);
afterAll(() => site.close());

const statusOf = async (path: string, init: RequestInit = {}) => (await fetch(site.url + path, init)).status;

test('a learner opens the link of the mail, proves the mailbox and adds the credential', async () => {
  const { awardId, link } = await issueAward(site, 'journey');
  const learner = new Learner(site);
  const awards = await learner.proves(link);
  expect([awards.status, awards.url.pathname]).toEqual([200, '/claim/awards']);
  expect(awards.html).toContain(lan.fullName);
  learner.accepts(await learner.addsAward(awardId));
  await addFlowOf(site).lookAgain([awardId]);
  expect(await addFlowOf(site).statusOf(awardId)).toMatchObject({ state: 'added' });
});

test('security rule 5: the token is in no line of the log, no Referer and no address but the link', async () => {
  const { awardId, link } = await issueAward(site, 'logged');
  const token = link.split('/').at(-1) ?? '';
  const { pathname } = new URL(link);
  const learner = new Learner(site);
  const logged = await loggedDuring(site, async () => {
    // Strapi's own request log is on: this line is in it.
    await statusOf('/api/nothing-here');
    await learner.proves(link);
    await learner.addsAward(awardId);
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND', 'POST']) {
      await statusOf(pathname, { method });
    }
    await statusOf(`${pathname}/more`);
    await statusOf(`/CLAIM/${awardId}/${token}`);
    await statusOf(`//claim/${awardId}/${token}`);
    await statusOf(`/%63laim/${awardId}/${token}`);
    await statusOf(pathname, { headers: { 'content-type': 'application/json' }, method: 'POST', body: '{' });
  });
  expect(logged).toContain('/api/nothing-here');
  expect(logged).not.toContain(token);
  expect(learner.referers.length).toBeGreaterThan(0);
  expect(learner.referers.join()).not.toContain(token);
  expect(learner.addresses.filter((address) => address.includes(token))).toEqual([link]);
});

test('security rule 5: nor is it when the pages fail', async () => {
  const { awardId, link } = await issueAward(site, 'failing');
  const token = link.split('/').at(-1) ?? '';
  const { store } = addFlowOf(site).context;
  const broken = vi.spyOn(store.read, 'award').mockRejectedValue(new Error(`no such table ${link}`));
  const learner = new Learner(site);
  const logged = await loggedDuring(site, async () => {
    expect((await learner.open(link)).status).toBe(500);
  });
  broken.mockRestore();
  expect(logged).toContain(`A claim page failed: Error on the page link, award ${awardId}.`);
  expect(logged).not.toContain(token);
});

test('security rule 6: the headers are those of the claim pages, and none of Strapi', async () => {
  const { link } = await issueAward(site, 'headers');
  const learner = new Learner(site);
  const answers = [
    await learner.request(new URL(link)),
    await learner.request(new URL('/claim/nothing', link)),
    await learner.request(new URL(link), { method: 'DELETE' }),
  ];
  for (const { headers } of answers) {
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`form-action 'self' ${addFlowOf(site).context.redirectOrigin}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('DENY');
    for (const ofStrapi of [
      'x-powered-by',
      'strict-transport-security',
      'x-dns-prefetch-control',
      'x-download-options',
      'access-control-allow-origin',
    ]) {
      expect([ofStrapi, headers.get(ofStrapi)]).toEqual([ofStrapi, null]);
    }
  }
});

test('security rule 6: a form from another origin is refused', async () => {
  const { link } = await issueAward(site, 'foreign');
  const learner = new Learner(site);
  const page = await learner.open(link);
  const [form] = page.forms;
  const answer = await learner.request(new URL(form?.action ?? '', page.url), {
    method: 'POST',
    body: new URLSearchParams(form?.fields),
    headers: { origin: 'https://evil.example' },
  });
  expect(answer.status).toBe(403);
});

test('what is not below their path is Strapi’s', async () => {
  expect(await statusOf('/_health')).toBe(204);
  expect(await statusOf('/claims')).toBe(404);
  expect((await fetch(`${site.url}/claims`)).headers.get('x-powered-by')).toContain('Strapi');
});

test('without a connection they ask to come back later, and log nothing of the link', async () => {
  const { link } = await issueAward(site, 'closed');
  const token = link.split('/').at(-1) ?? '';
  const connection = site.strapi.plugin('seek-pass').service<{
    close(): Promise<void>;
    reopen(): Promise<void>;
  }>('connection');
  await connection.close();
  const learner = new Learner(site);
  const logged = await loggedDuring(site, async () => {
    const page = await learner.open(link);
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '60']);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.html).not.toContain(token);
    expect(page.html).not.toContain('Wattle Bay');
  });
  expect(logged).not.toContain(token);
  await connection.reopen();
  expect((await learner.open(link)).status).not.toBe(503);
});
