import { describe, expect, it } from 'vitest';
import { createVerifyFlow } from '../../src/verify/verify-flow.ts';
import { callbackUrl } from '../../src/verify/request-verification.ts';
import { verifyToken } from '../../src/verify/verify-secrets.ts';
import { dumpOf } from '../postgres/dump-of.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { testSchemas } from '../postgres/test-schemas.ts';
import { verifiedEvent } from './verified-event.ts';
import { anh, openVerify, VerifyBrowser } from './verify-fixture.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('the verify flow over one PostgreSQL', () => {
  const newSchema = testSchemas('verify');

  async function open(change: Parameters<typeof openVerify>[0] = {}) {
    const { connectionString, schema, openStore } = newSchema();
    const flow = await openVerify({ store: await openStore(), ...change });
    return { ...flow, another: openStore, dump: () => dumpOf(connectionString, schema) };
  }

  it('a dump holds no name, birth date, reference, redirect address, one-time value or cookie', async () => {
    const flow = await open({ retention: { resultForDays: 30 } });
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    const { secrets } = flow.flow.context;
    const beforehand = await flow.dump();
    const cookies = [...browser.cookies.values()];
    await browser.open(flow.share(redirectUri));
    await flow.runDue();
    const dump = beforehand + (await flow.dump());
    expect(dump).toContain(verificationId);
    const secretTexts = [
      anh.fullName,
      'Nguyễn',
      anh.dateOfBirth,
      'application 17',
      'sis:104233',
      new URL(redirectUri).hash.slice(1),
      /content=([^&]+)/.exec(redirectUri)?.[1] ?? '',
      callbackUrl(flow.flow.context, verificationId).split('/').at(-1) ?? '',
      verifyToken(secrets.start, verificationId),
      ...cookies,
      ...cookies.map((value) => value.split('.')[0] ?? ''),
    ];
    for (const secret of secretTexts) {
      expect(secret.length).toBeGreaterThan(4);
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
      expect(dump).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    }
  });

  it('security rule 14: redaction destroys the data key: what opened before does not open after, also from a copy', async () => {
    const flow = await open({ retention: { resultForDays: 30 } });
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    await browser.open(flow.share(redirectUri));
    const before = await flow.store.read.verification('default', verificationId);
    expect(await flow.flow.result(verificationId)).toMatchObject({ identity: { fullName: anh.fullName } });
    await flow.flow.redact(verificationId, { who: 'staff-7', reason: 'person_asked' });
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'gone' });
    const after = await flow.dump();
    const sealed = [before?.wrappedKey, before?.sealedAnswer, before?.sealedDetails, before?.answerHash];
    for (const bytes of sealed) {
      const hex = Buffer.from(bytes ?? []).toString('hex');
      expect(hex.length).toBeGreaterThan(20);
      expect(after).not.toContain(hex);
    }
  });

  it('callback, webhooks and polls in four processes at once decide once', async () => {
    const flow = await open();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    const callback = flow.share(redirectUri);
    const { requestId } = flow.sandbox.control.verifications.list()[0] ?? { requestId: '' };
    const stores = await Promise.all(Array.from({ length: 3 }, () => flow.another()));
    const flows = [flow.flow];
    for (const store of stores) {
      const another = createVerifyFlow({ ...flow.options, store });
      await another.start();
      flows.push(another);
    }
    flow.advance({ minutes: 3 });
    const event = verifiedEvent(requestId);
    const { signal } = new AbortController();
    await Promise.all(
      flows.flatMap((each) => {
        const tab = new VerifyBrowser(each.pages());
        for (const [name, value] of browser.cookies) tab.cookies.set(name, value);
        return [
          tab.open(callback),
          each.inboxHandler(event, { signal }),
          each.runDue({ budgetMs: 5_000 }),
        ] as Promise<unknown>[];
      }),
    );
    await Promise.all(flows.map((each) => each.runDue({ budgetMs: 5_000 })));
    expect(await flow.flow.status(verificationId)).toMatchObject({ state: 'matched' });
    expect(flow.told.map(({ type }) => type)).toEqual(['decided']);
    await Promise.all(stores.map((store) => store.close()));
  }, 60_000);
});
