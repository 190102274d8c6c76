import { describe, expect, test } from 'vitest';
import { claimUrl } from '../../src/awards/claim-link.ts';
import { type ClaimHandler, createClaimHandler } from '../../src/claims/claim-handler.ts';
import { createHostRecord } from '../../src/node/host-record.ts';
import { toNodeListener } from '../../src/node/node-listener.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { ClaimBrowser, proveByMail } from '../claims/claim-browser.ts';
import { openClaim } from '../claims/open-claim.ts';
import { send } from './http-probe.ts';
import { mountedHosts } from './mounted-hosts.ts';
import { openHost } from './open-host.ts';
import { overSocket } from './over-socket.ts';

const origin = 'https://credentials.example.edu';

/** Serves the pages in each host; gives the port and what it logged. */
const served: Readonly<
  Record<string, (handler: ClaimHandler) => Promise<{ readonly port: number; readonly log: string[] }>>
> = {
  async createHost(handler) {
    const log: string[] = [];
    const { host } = await openHost({
      routes: [{ path: '/claim', handler }],
      logger: (entry) => log.push(JSON.stringify(entry)),
    });
    return { port: host.port, log };
  },
  ...Object.fromEntries(
    Object.entries(mountedHosts).map(([name, mount]) => [
      name,
      async (handler: ClaimHandler) => {
        const log: string[] = [];
        const port = await mount(toNodeListener(handler, { origin }), (line) => log.push(line));
        return { port, log };
      },
    ]),
  ),
};

describe.each(Object.entries(served))('a claim over %s', (_name, serve) => {
  test('goes from the link to SEEK Pass; no log, no later address and no Referer holds the token', async () => {
    const { handler, issue, linkOf, mails, sandbox } = await openClaim();
    const { port, log } = await serve(handler);
    const link = await linkOf(await issue());
    const token = link.split('/').at(-1) ?? '';
    expect(token).toHaveLength(43);
    const browser = new ClaimBrowser(overSocket(port));
    await proveByMail(browser, link, mails);
    const leaving = await browser.post('/add');
    expect(leaving.headers.get('refresh')).toContain(sandbox.control.submissions.list()[0]?.redirectUri);
    expect(leaving.headers.get('referrer-policy')).toBe('same-origin');
    const [first, ...later] = browser.addresses;
    expect(first).toBe(link);
    expect(later.length).toBeGreaterThan(4);
    expect(later.join(' ')).not.toContain(token);
    expect(log.length).toBeGreaterThanOrEqual(browser.addresses.length);
    expect(log.join(' ')).not.toContain(token);
  });

  test('refuses a form of a foreign origin, and changes nothing', async () => {
    const { handler, issue, linkOf, mails } = await openClaim();
    const { port } = await serve(handler);
    const browser = new ClaimBrowser(overSocket(port));
    await browser.open(await linkOf(await issue()));
    const foreign = new ClaimBrowser(overSocket(port), { headers: { origin: 'https://evil.example' } });
    foreign.plantCookies(browser.cookies);
    foreign.page = browser.page;
    expect(await foreign.post('/code')).toMatchObject({ status: 403, problem: 'foreign_form' });
    expect(mails.sent).toEqual([]);
  });
});

test('the host counts how claims end', async () => {
  const record = createHostRecord();
  const flow = await openAddFlow({ onNotice: record.onNotice });
  const { host } = await openHost({
    routes: [{ path: '/claim', handler: createClaimHandler(flow.context) }],
    record,
    metrics: { port: 0 },
    health: { store: flow.store, issuers: ['default'] },
  });
  const awardId = await flow.issue();
  const browser = new ClaimBrowser(overSocket(host.port));
  await proveByMail(browser, claimUrl(flow.context, { id: awardId, generation: 1 }), flow.mails);
  await browser.post('/add');
  const { body } = await send(host.metricsPort ?? 0, '/metrics');
  expect(body).toContain('seek_pass_claims_total{outcome="redirect"} 1\n');
  expect(body).toContain('seek_pass_awards{state="submitted"} 1\n');
});
