import { describe, expect, test } from 'vitest';
import type { Browser } from './browser.ts';
import { openPortalWith, waysToSignIn } from './portals.ts';

const signIn = (browser: Browser, as: string) => browser.post(`/portal/sign-in?as=${as}`, {});

describe.each(waysToSignIn)('an application with %s', (way) => {
  test('security rule 23: who is signed in comes from a controller to one page, and its POST submits', async () => {
    const portal = await openPortalWith(way);
    const awardId = await portal.award();
    const browser = portal.browser();
    await signIn(browser, 'lan');
    const page = await browser.post(`/portal/awards/${awardId}/add`);
    expect([page.status, page.path]).toEqual([200, `/claim/awards?opened=${awardId}`]);
    expect(page.html).toContain('Nguyễn Thị Lan');
    expect(portal.submissions()).toEqual([]);
    const added = await browser.post(/add$/);
    expect(added.headers.get('refresh')).toContain(`${portal.seekPass.sandbox.baseUrl}/partner/add/`);
    expect(portal.submissions()).toHaveLength(1);
    expect(portal.seekPass.mails.sent).toEqual([]);
    expect(portal.faults()).toEqual([]);
  });

  test('security rule 5: the token-free way holds no token in any address', async () => {
    const portal = await openPortalWith(way);
    const awardId = await portal.award();
    const link = await portal.flow.claimLink({ awardId, who: 'staff-7' });
    const token = link.outcome === 'link' ? (link.url.split('/').at(-1) ?? '') : '';
    const browser = portal.browser();
    await signIn(browser, 'lan');
    await browser.post(`/portal/awards/${awardId}/add`);
    expect(token).toHaveLength(43);
    expect(browser.paths.join(' ')).not.toContain(token);
    expect(JSON.stringify(portal.logged)).not.toContain(token);
  });

  test('leads whoever is not signed in to the sign-in, and from there to the page', async () => {
    const portal = await openPortalWith(way);
    const awardId = await portal.award();
    const browser = portal.browser();
    const form = await browser.post(`/portal/awards/${awardId}/add`);
    expect(form.path).toBe(`/portal/sign-in?back=%2Fclaim%2F${awardId}`);
    const page = await browser.post(`${form.path}&as=lan`);
    expect(page.path).toBe(`/claim/awards?opened=${awardId}`);
    expect(page.html).toContain('Nguyễn Thị Lan');
  });

  test.each([
    ['twin', 'the same e-mail, other subject'],
    ['staff', 'staff who act in the name of the learner'],
  ])('security rule 23: %s is refused: %s', async (as) => {
    const portal = await openPortalWith(way);
    const awardId = await portal.award();
    const browser = portal.browser();
    await signIn(browser, as);
    const page = await browser.post(`/portal/awards/${awardId}/add`);
    expect(page.status).toBe(403);
    expect(page.html).not.toContain('Nguyễn');

    const link = await portal.flow.claimLink({ awardId, who: 'staff-7' });
    if (link.outcome !== 'link') throw new Error(link.outcome);
    await browser.open(new URL(link.url).pathname);
    expect((await browser.post(/proof$/)).status).toBe(403);
    expect(portal.submissions()).toEqual([]);
  });

  test.each(['nobody', 'twin', 'staff'])(
    'security rule 23: nothing is submitted when %s is signed in by the time of the POST',
    async (as) => {
      const portal = await openPortalWith(way);
      const awardId = await portal.award();
      const browser = portal.browser();
      await signIn(browser, 'lan');
      const { page } = { page: await browser.post(`/portal/awards/${awardId}/add`) };
      await signIn(browser, as);
      browser.page = page;
      expect((await browser.post(/add$/)).status).toBe(403);
      expect(portal.submissions()).toEqual([]);
      expect((await browser.open('/claim/awards')).html).not.toContain('Nguyễn');
    },
  );
});
