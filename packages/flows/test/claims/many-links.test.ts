import { expect, it } from 'vitest';
import { proveByMail } from './claim-browser.ts';
import { openClaim } from './open-claim.ts';

it('security rule 5: whoever opens sixty links sends no more cookies than every server takes, and the newest link works', async () => {
  const flow = await openClaim();
  const browser = flow.browser();
  let link = '';
  for (let at = 0; at < 60; at += 1) {
    link = await flow.linkOf(await flow.issue({ key: `2026/WELD/${at}` }));
    flow.advance({ minutes: 0.1 });
    await browser.open(link);
  }
  const sent = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  // Servers take headers of 8 kB, and other pages of the institution have cookies too.
  expect(sent.length).toBeLessThan(3_000);
  expect((await proveByMail(browser, link, flow.mails)).url.pathname).toBe('/claim/awards');
});

it('the links that were opened last stay open beside each other', async () => {
  const flow = await openClaim();
  const browser = flow.browser();
  const links: string[] = [];
  for (let at = 0; at < 12; at += 1) {
    links.push(await flow.linkOf(await flow.issue({ key: `2026/WELD/${at}` })));
    flow.advance({ minutes: 1 });
    await browser.open(links.at(-1) ?? '');
  }
  const withoutToken = (link = '') => link.slice(0, link.lastIndexOf('/'));
  for (const link of links.slice(-5)) expect((await browser.open(withoutToken(link))).status).toBe(200);
  expect((await browser.open(withoutToken(links[0]))).problem).toBe('link_expired');
  expect((await browser.open(links[0] ?? '')).status).toBe(200);
});
