import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AddFlow } from '@seek-pass-kit/flows';
import { useBrowser, Visitor } from '@seek-pass-kit/prove/browser';
import { expect, test } from 'vitest';
import { getAddFlowToken } from '../../src/index.ts';
import { claimLinkOf } from '../../src/testing/index.ts';
import { adapters, makeApp, openSeekPass } from '../http/open-app.ts';
import { sampleCredential } from '../sample-credential.ts';

const newVisitor = useBrowser({ folder: 'nestjs', visitor: Visitor });
const recipient = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.edu' };

/** A port that nobody has: the links name it before the application listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.each(adapters)(
  'security rule 5: in front of %s, from the link to the wallet no request but the first has the token, in its address or as its referrer',
  async (_name, adapter) => {
    const seekPass = await openSeekPass();
    const port = await freePort();
    const app = await makeApp({
      adapter: adapter(),
      registrations: [
        seekPass.options({
          addFlow: { claimBaseUrl: `http://127.0.0.1:${port}/claim` },
          claimPages: { proof: { linkAlone: 'sandbox' } },
        }),
      ],
    });
    await app.listen(port, '127.0.0.1');
    const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
    await flow.award(
      { key: 'award-1', recipient, credential: sampleCredential },
      { runId: 'run-1', who: 'system' },
    );
    await seekPass.runDue(app);
    const link = claimLinkOf(seekPass.mails.lastTo(recipient.email));
    const token = link.split('/').at(-1) ?? '';

    const { page } = await newVisitor();
    const requests: Array<{ readonly url: string; readonly referrer: Promise<string | null> }> = [];
    page.on('request', (request) => {
      requests.push({ url: request.url(), referrer: request.headerValue('referer').catch(() => null) });
    });
    await page.goto(link);
    expect(page.url()).not.toContain(token);
    await page.locator('form[action$="/proof"] button').click();
    await page.locator('form[action*="/add"] button').first().click();
    await page.waitForURL(/\/wallet\/add\//u);
    const referrers = await Promise.all(requests.map(({ referrer }) => referrer));
    expect(requests.filter(({ url }) => url.includes(token)).map(({ url }) => url)).toEqual([link]);
    expect(referrers.filter((referrer) => referrer?.includes(token) === true)).toEqual([]);
    expect(page.url()).not.toContain(token);
  },
  120_000,
);
