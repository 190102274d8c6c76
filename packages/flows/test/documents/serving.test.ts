import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { generateClaimKey, readClaimKey } from '../../src/claims/claim-key.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { createDocumentHandler, documentLimits } from '../../src/documents/document-handler.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { awardInput, microcredential, sampleRun } from '../add-flow-fixture.ts';
import { baseUrl, jpg, licence, openDocuments, otherPdf, pdf, png } from './document-fixture.ts';

const addPath = '/api/partner/v1/add/*';
const nobodys = `${baseUrl}/${'A'.repeat(43)}`;

async function whats({ store }: Awaited<ReturnType<typeof openDocuments>>, awardId: string) {
  return (await store.read.history('default', awardId)).map(({ what, why }) => `${what} ${why ?? ''}`.trim());
}

describe('the file of an award', () => {
  it('is fetched by SEEK Pass from the address in the submission, byte by byte', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await flow.submit(awardId);
    expect(flow.received()).toEqual([{ type: 'pdf', value: expect.stringMatching(/^https:/) }]);
    const url = flow.address();
    expect(url).toMatch(/^https:\/\/credentials\.example\.edu\/documents\/[A-Za-z0-9_-]{43}$/);
    const answer = await flow.fetch(url);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf.bytes);
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="document.pdf"',
      'content-length': String(pdf.bytes.length),
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'content-type': 'application/pdf',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(await whats(flow, awardId)).toEqual([
      'created',
      'submitted attempt 1',
      'document_served attempt 1',
    ]);
    expect(flow.notices.filter(({ event }) => event.startsWith('document'))).toEqual([
      { event: 'document_served', awardId, attempt: 1, network: '203.0.113.0/24' },
    ]);
    expect(flow.faults).toEqual([]);
  });

  it.each([
    ['image/png', png, microcredential()],
    ['image/jpeg', jpg, licence],
  ])('goes out as %s, also with a type that only v2 has', async (mediaType, file, credential) => {
    const flow = await openDocuments();
    await flow.submit(await flow.issue({ file, credential }));
    const answer = await flow.fetch(flow.address());
    expect(answer.headers.get('content-type')).toBe(mediaType);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(file.bytes));
  });

  it('of an English test is sent as what SEEK Pass calls it', async () => {
    const flow = await openDocuments();
    const credential = {
      credential_type: 'english_proficiency',
      fields: {
        full_name: 'Nguyễn Thị Lan',
        test_provider: 'Example University',
        test_name: 'English for Academics',
        completion_date: '2026-02-20',
        test_scores: {
          cefr_scores: { combined: 'B2' },
          overall: { score: '6.5', scale: '9' },
        },
      },
    } as const;
    await flow.submit(await flow.issue({ file: pdf, credential }));
    expect(flow.received()[0]?.type).toBe('english_assessment');
    expect((await flow.fetch(flow.address())).status).toBe(200);
  });

  it('is asked for with HEAD without a line in the history, and cannot be changed', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await flow.submit(awardId);
    const head = await flow.fetch(flow.address(), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(pdf.bytes.length)]);
    expect(await head.text()).toBe('');
    expect(await whats(flow, awardId)).not.toContain('document_served attempt 1');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await flow.fetch(flow.address(), { method })).status).toBe(405);
    }
  });
});

describe('files that many fetch slowly', () => {
  it('are in memory once for each', async () => {
    const flow = await openDocuments({}, {}, { maxBytes: 5_000_000 });
    const bytes = Buffer.alloc(4_000_000, '%PDF-');
    await flow.submit(await flow.issue({ file: { type: 'pdf', bytes } }));
    const url = flow.address();
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const inMemory = () => {
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const before = inMemory();
    const answers = await Promise.all(Array.from({ length: 10 }, () => flow.fetch(url)));
    expect(inMemory() - before).toBeLessThan(10 * 1.25 * bytes.length);
    const [first] = answers;
    const got = Buffer.from((await first?.arrayBuffer()) ?? new ArrayBuffer());
    expect(got.equals(bytes)).toBe(true);
  });
});

describe('the address of a file', () => {
  it('serves nothing any more once SEEK Pass says what became of the submission', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    const link = await flow.submit(awardId);
    const url = flow.address();
    expect((await flow.fetch(url)).status).toBe(200);
    flow.sandbox.control.learner.consent({ link, email: 'lan@example.edu' });
    flow.advance({ minutes: 10 });
    await pollSubmissions(flow.context, { budgetMs: 60_000 });
    expect(await whats(flow, awardId)).toContain('added attempt 1');
    expect((await flow.fetch(url)).status).toBe(404);
  });

  it('serves nothing after 48 hours, although nobody asked what became of the submission', async () => {
    const flow = await openDocuments();
    await flow.submit(await flow.issue({ file: pdf }));
    const url = flow.address();
    flow.advance({ hours: 48 });
    expect((await flow.fetch(url)).status).toBe(200);
    flow.advance({ minutes: 15 });
    expect((await flow.fetch(url)).status).toBe(404);
  });

  it('serves nothing of an award that was withdrawn', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await flow.submit(awardId);
    const url = flow.address();
    await withdraw(flow.context, { awardId, reason: 'issued_in_error', who: 'staff-7' });
    expect((await flow.fetch(url)).status).toBe(404);
    await flow.store.sweep(flow.clock.now());
    expect(await flow.store.read.document('default', awardId)).toBeUndefined();
  });

  it('serves a corrected award to the end of its submission, as SEEK Pass goes on with it', async () => {
    const flow = await openDocuments();
    await flow.submit(await flow.issue({ file: pdf }));
    const url = flow.address();
    await flow.issue({ file: otherPdf });
    expect(Buffer.from(await (await flow.fetch(url)).arrayBuffer())).toEqual(pdf.bytes);
  });

  it('serves no version of an award that was corrected and then withdrawn', async () => {
    const flow = await openDocuments();
    await flow.submit(await flow.issue({ file: pdf }));
    const url = flow.address();
    const corrected = await flow.issue({ file: otherPdf });
    await withdraw(flow.context, { awardId: corrected, reason: 'issued_in_error', who: 'staff-7' });
    expect((await flow.fetch(url)).status).toBe(404);
  });

  it('security rule 17: serves nothing of somebody who was erased', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await flow.submit(awardId);
    const url = flow.address();
    const award = await flow.store.read.award('default', awardId);
    const recipient = await flow.store.read.recipient('default', award?.recipientId ?? '');
    if (recipient === undefined) throw new Error('There is no recipient.');
    await flow.store.transaction((tx) => tx.updateRecipient({ ...recipient, wrappedKey: null }, recipient));
    expect((await flow.fetch(url)).status).toBe(404);
    expect(flow.faults).toEqual([]);
  });

  it('is another one for each attempt, and the same one when an attempt is repeated', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await flow.submit(awardId);
    const first = flow.address();
    await flow.submit(awardId);
    flow.advance({ hours: 24 });
    await flow.submit(awardId);
    expect(flow.received()).toHaveLength(1);
    expect(flow.address()).toBe(first);
    expect(flow.sandbox.control.submissions.list()[0]?.warnings).toEqual([]);
    flow.advance({ hours: 49 });
    await flow.submit(awardId);
    expect(flow.address()).not.toBe(first);
    expect((await flow.fetch(first)).status).toBe(404);
    expect((await flow.fetch(flow.address())).status).toBe(200);
  });

  it('is the same after a crash between storing and sending, be the keys and the place rotated meanwhile', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    const fault = flow.sandbox.control.faults.set({
      path: addPath,
      effect: { kind: 'reset', when: 'after' },
    });
    expect(await flow.click(awardId)).toMatchObject({ outcome: 'unavailable' });
    flow.sandbox.control.faults.remove(fault.faultId);
    const first = flow.address();
    const later = {
      ...flow.context,
      claimKeys: [readClaimKey(generateClaimKey()), ...flow.context.claimKeys],
      documents: { baseUrl: 'https://elsewhere.example.edu/files', maxBytes: 1 },
    };
    const again = await submitClaim(later, { awardId, generation: 1, again: false });
    expect(again.outcome).toBe('redirect');
    expect(flow.received()).toHaveLength(1);
    const [submission] = flow.sandbox.control.submissions.list();
    expect([submission?.repeats, submission?.warnings]).toEqual([2, []]);
    expect(flow.address()).toBe(first);
    expect((await flow.fetch(first)).status).toBe(200);
  });

  it('has 256 random bits, and only the whole of it leads anywhere', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await flow.submit(awardId);
    const token = flow.address().split('/').at(-1) ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.nat(42).map((at) => token.slice(0, at) + (token[at] === 'x' ? 'y' : 'x') + token.slice(at + 1)),
          fc.constantFrom(token.slice(1), `${token}x`, `${token}/`, `x/${token}`, `${token}%00`, '', '..'),
          fc.string({ maxLength: 60 }).map(encodeURIComponent),
        ),
        async (wrong) => {
          // The last of 43 characters holds four bits: three others may spell the same bytes, and are refused all the same.
          fc.pre(wrong !== token);
          expect((await flow.fetch(`${baseUrl}/${wrong}`)).status).toBe(404);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what is not served', () => {
  it('looks the same, whatever the reason', async () => {
    const flow = await openDocuments({ callers: ['203.0.113.0/24'] });
    const other = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await flow.submit(awardId);
    await other.submit(await other.issue({ file: pdf }));
    const open = flow.address();
    const answers = [
      await flow.fetch(nobodys),
      await flow.fetch(baseUrl),
      await flow.fetch(`${baseUrl}/`),
      await flow.fetch(other.address()),
      await flow.fetch(open, { from: '198.51.100.4' }),
    ];
    await withdraw(flow.context, { awardId, reason: 'other', who: 'staff-7' });
    answers.push(await flow.fetch(open));
    const seen = await Promise.all(
      answers.map(async (answer) =>
        JSON.stringify([answer.status, [...answer.headers], await answer.text()]),
      ),
    );
    expect(new Set(seen).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });
});

describe('who may fetch', () => {
  it('are the callers that are listed, as trusted proxies tell of them; the others are told to the host', async () => {
    const flow = await openDocuments({
      callers: ['203.0.113.0/24', '2001:db8:7::/48'],
      trustedProxies: ['10.0.0.0/8'],
    });
    await flow.submit(await flow.issue({ file: pdf }));
    const url = flow.address();
    const status = async (from: string, forwarded?: string) => {
      const headers = forwarded === undefined ? undefined : { 'x-forwarded-for': forwarded };
      return (await flow.fetch(url, { from, ...(headers === undefined ? {} : { headers }) })).status;
    };
    expect(await status('203.0.113.9')).toBe(200);
    expect(await status('::ffff:203.0.113.9')).toBe(200);
    expect(await status('2001:db8:7::9')).toBe(200);
    expect(await status('10.0.0.1', '203.0.113.9')).toBe(200);
    expect(await status('198.51.100.7', '203.0.113.9')).toBe(404);
    expect(await status('10.0.0.1', '203.0.113.9, 198.51.100.7')).toBe(404);
    expect(await status('10.0.0.1')).toBe(404);
    expect((await flow.handler(new Request(url))).status).toBe(404);
    expect(flow.notices.filter(({ event }) => event === 'document_refused')).toEqual([
      { event: 'document_refused', because: 'caller', network: '198.51.100.0/24' },
      { event: 'document_refused', because: 'caller', network: '198.51.100.0/24' },
      { event: 'document_refused', because: 'caller', network: '10.0.0.0/24' },
      { event: 'document_refused', because: 'caller' },
    ]);
  });

  it('may not fetch one file again and again', async () => {
    const flow = await openDocuments({ callers: ['203.0.113.0/24'] });
    await flow.submit(await flow.issue({ file: pdf }));
    const url = flow.address();
    for (let time = 0; time < documentLimits.perDocumentAnHour; time += 1) {
      expect((await flow.fetch(url)).status).toBe(200);
    }
    const refused = await flow.fetch(url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600']);
    flow.advance({ hours: 1 });
    expect((await flow.fetch(url)).status).toBe(200);
  });

  it('without a list may not try address after address', async () => {
    const flow = await openDocuments();
    for (let time = 0; time < documentLimits.perNetworkAMinute; time += 1) await flow.fetch(nobodys);
    expect((await flow.fetch(nobodys)).status).toBe(429);
    expect((await flow.fetch(nobodys, { from: '203.0.113.8' })).status).toBe(404);
  });

  it.each([
    ['an empty list', { callers: [] }],
    ['no network', { callers: ['seekpass.example'] }],
    ['no network of a proxy', { trustedProxies: ['10.0.0.0/40'] }],
  ])('is refused at the start with %s', async (_, options) => {
    await expect(openDocuments(options)).rejects.toMatchObject({ code: 'invalid_configuration' });
  });

  it('is refused at the start when nothing says where files are served', async () => {
    const { context } = await openDocuments();
    const { documents: _, ...without } = context;
    expect(() => createDocumentHandler(without)).toThrow(/documents\.baseUrl/);
  });
});

describe('a store that does not answer', () => {
  it('is an outage and no missing file', async () => {
    const flow = await openDocuments();
    await flow.submit(await flow.issue({ file: pdf }));
    const { store } = flow.context;
    const broken = { ...store, transaction: () => Promise.reject(new Error('no database')) };
    const handler = createDocumentHandler(
      { ...flow.context, store: broken },
      { onError: (error) => flow.faults.push(error) },
    );
    const answer = await flow.fetch(flow.address(), {}, handler);
    expect([answer.status, await answer.text()]).toEqual([503, '']);
    expect(flow.faults).toHaveLength(1);
  });
});

describe('an award without a file', () => {
  it('asks the store nothing about files', async () => {
    const flow = await openDocuments();
    const asked: string[] = [];
    const { store } = flow.context;
    const watched = {
      ...store,
      transaction: ((work, options) =>
        store.transaction(
          (tx) =>
            work(
              new Proxy(tx, {
                get(target, name) {
                  if (/document/i.test(String(name))) asked.push(String(name));
                  return Reflect.get(target, name) as unknown;
                },
              }),
            ),
          options,
        )) as typeof store.transaction,
    };
    const context = { ...flow.context, store: watched };
    const issued = await issueAward(context, awardInput(), sampleRun);
    const awardId = 'awardId' in issued ? issued.awardId : '';
    expect((await submitClaim(context, { awardId, generation: 1, again: false })).outcome).toBe('redirect');
    expect(asked).toEqual([]);
  });
});
