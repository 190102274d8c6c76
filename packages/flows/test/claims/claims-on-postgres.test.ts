import { describe, expect, it } from 'vitest';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import { dumpOf } from '../postgres/dump-of.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { testSchemas } from '../postgres/test-schemas.ts';
import { ClaimBrowser, codeIn, proveByMail } from './claim-browser.ts';
import { openClaim } from './open-claim.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('claim pages over one PostgreSQL', () => {
  const newSchema = testSchemas('claims');

  async function open() {
    const { connectionString, schema, openStore } = newSchema();
    const flow = await openClaim({}, { store: await openStore() });
    return { ...flow, another: openStore, dump: () => dumpOf(connectionString, schema) };
  }

  it('security rule 4: a scanner that opens everything leaves every table as it was', async () => {
    const flow = await open();
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    const learner = flow.browser();
    await proveByMail(learner, link, flow.mails);
    const before = await flow.dump();
    const mailed = flow.mails.sent.length;
    for (const cookies of [new Map<string, string>(), learner.cookies]) {
      const scanner = flow.browser();
      scanner.plantCookies(cookies);
      for (const path of ['', '/code', '/proof', '/facts', '/add?again=yes', '/../awards', '/../sign-out']) {
        for (const method of ['GET', 'HEAD'] as const) {
          await scanner.open(link, method);
          await scanner.open(`/claim/${awardId}${path}`, method);
        }
      }
    }
    expect(await flow.dump()).toBe(before);
    expect(flow.mails.sent).toHaveLength(mailed);
  });

  it('a dump of the database holds no link, code, session, redirect address or person', async () => {
    const flow = await open();
    const link = await flow.linkOf(await flow.issue());
    const browser = flow.browser();
    await browser.open(link);
    await browser.post('/code');
    const waiting = codeIn(flow.mails).replace(/\D/g, '');
    const withCode = await flow.dump();
    await proveByMail(browser, link, flow.mails);
    const uri = (await browser.post('/add')).headers.get('refresh')?.replace('0; url=', '') ?? '';
    const dump = withCode + (await flow.dump());
    const secrets = [
      link.split('/').at(-1) ?? '',
      new URL(uri).hash.slice(1),
      /content=([^&]+)/.exec(uri)?.[1] ?? '',
      'Nguyễn',
      'lan@example.edu',
      'Underwater',
      ...browser.cookies.values(),
    ];
    expect(dump).toContain('claim_sessions');
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(4);
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
      expect(dump).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    }
    expect(dump).not.toContain(`"${waiting}"`);
    expect(dump).not.toContain(Buffer.from(waiting).toString('hex'));
  });

  it('security rule 9: tabs on four devices, each served by another process, make one submission', async () => {
    const flow = await open();
    const stores = await Promise.all(Array.from({ length: 4 }, () => flow.another()));
    const handlers = stores.map((store) => createClaimHandler({ ...flow.context, store }));
    const link = await flow.linkOf(await flow.issue());
    const devices: ClaimBrowser[] = [];
    for (const handler of handlers) {
      const device = new ClaimBrowser(handler);
      await proveByMail(device, link, flow.mails);
      devices.push(device);
    }
    const answers = await Promise.all(
      devices.flatMap((device) => [device.post('/add'), device.post('/add')]),
    );
    expect(new Set(answers.map(({ headers }) => headers.get('refresh'))).size).toBe(1);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  }, 120_000);

  it('security rule 7: a code typed in two processes at once proves one of them', async () => {
    const flow = await open();
    const store = await flow.another();
    const link = await flow.linkOf(await flow.issue());
    const one = flow.browser();
    await one.open(link);
    await one.post('/code');
    const twin = new ClaimBrowser(createClaimHandler({ ...flow.context, store }));
    twin.plantCookies(one.cookies);
    await twin.open(one.page?.url.href ?? '');
    const typed = { code: codeIn(flow.mails) };
    const pages = await Promise.all([one.post('/proof', typed), twin.post('/proof', typed)]);
    expect(pages.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 422]);
    await store.close();
  });
});
