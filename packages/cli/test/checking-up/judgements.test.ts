import { describe, expect, test } from 'vitest';
import { adviseOnCodes, judgeKeyRing } from '../../src/checking-up/advice.ts';
import { judgeClock, judgeScopes } from '../../src/checking-up/judge-access.ts';
import {
  judgeClaimPages,
  judgePlainHttp,
  type PublicVisit,
} from '../../src/checking-up/judge-claim-pages.ts';
import { judgeDocuments } from '../../src/checking-up/judge-documents.ts';
import { judgeDisk, judgeNode } from '../../src/checking-up/judge-machine.ts';
import { judgeSender, judgeSmtp } from '../../src/checking-up/judge-mail.ts';
import { judgePostgres } from '../../src/checking-up/judge-store.ts';
import { judgeEndpoints, judgeInbox, judgeReceiver } from '../../src/checking-up/judge-webhooks.ts';

const resultsOf = (judgements: readonly { readonly result: string }[]): string[] =>
  judgements.map(({ result }) => result);

describe('machine', () => {
  test.each([
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
    ['20.18.3', 'problem'],
    ['18.20.0', 'problem'],
  ])('Node.js %s: %s', (version, result) => {
    expect(judgeNode(version).result).toBe(result);
  });

  test.each([
    [50 * 2 ** 20, 'problem'],
    [500 * 2 ** 20, 'warning'],
    [5 * 2 ** 30, 'ok'],
  ])('%d free bytes: %s', (bytes, result) => {
    expect(judgeDisk(bytes).result).toBe(result);
  });
});

describe('SEEK Pass', () => {
  test('one finding for what was granted, with what it is good for, and one for each scope that was not', () => {
    const [granted, ...others] = judgeScopes([
      { scope: 'write.universal', answer: 'granted' },
      { scope: 'read.digital_identity', answer: 'granted' },
      { scope: 'write.education', answer: 'authentication_failed', status: 400 },
      { scope: 'write.microcredential', answer: 'timed_out' },
    ]);
    expect(granted).toMatchObject({ result: 'ok' });
    expect(granted?.found).toContain('can add universal_credential');
    expect(granted?.found).not.toContain('verify');
    expect(resultsOf(others)).toEqual(['problem', 'not_checked']);
    expect(others[0]?.found).toContain('write.education');
  });

  test.each([
    ['authentication_failed', 401, /does not accept clientId/],
    ['authentication_failed', 400, /none of the 2 scopes/],
    ['unavailable', undefined, /does not answer/],
    ['unavailable', 503, /answers with 503/],
    ['unexpected_response', 200, /unexpected_response/],
  ] as const)('when everything fails with %s %s it is said once', (answer, status, sentence) => {
    const judged = judgeScopes([
      { scope: 'write.education', answer, status },
      { scope: 'write.universal', answer, status },
    ]);
    expect(judged).toHaveLength(1);
    expect(judged[0]).toMatchObject({ result: 'problem', found: expect.stringMatching(sentence) as string });
  });

  test.each([
    [undefined, false, 'not_checked'],
    [900, false, 'ok'],
    [-45_000, false, 'warning'],
    [11 * 60_000, false, 'problem'],
    [11 * 60_000, true, 'warning'],
  ])('a clock that is off by %s ms, at the sandbox: %s: %s', (offset, isSandbox, result) => {
    expect(judgeClock(offset, isSandbox).result).toBe(result);
  });

  test('it says which clock is late', () => {
    expect(judgeClock(60_000, false).found).toContain('behind');
    expect(judgeClock(-60_000, false).found).toContain('ahead of');
  });
});

describe('store', () => {
  const good = {
    version: '16.4',
    majorVersion: 16,
    durable: { synchronousCommit: 'on', fsync: 'on' },
    roundTripMs: 0.4,
    clockOffsetMs: 3,
    missingMigrations: 0,
    rewritableRecords: [],
  };

  test('nothing is wrong with a good database', () => {
    expect(new Set(resultsOf(judgePostgres(good, 'apply')))).toEqual(new Set(['ok']));
  });

  test.each([
    [{ majorVersion: 12, version: '12.1' }, 'apply', 'problem', /older than 13/],
    [{ missingMigrations: 2 }, 'apply', 'warning', /lacks 2 migrations/],
    [{ missingMigrations: 2 }, 'check', 'problem', /lacks 2 migrations/],
    [{ missingMigrations: undefined }, 'apply', 'problem', /another version/],
    [{ durable: { synchronousCommit: 'off', fsync: 'on' } }, 'apply', 'problem', /synchronous_commit/],
    [{ durable: { synchronousCommit: 'on', fsync: 'off' } }, 'apply', 'problem', /fsync/],
    [{ durable: { synchronousCommit: 'local', fsync: 'on' } }, 'apply', 'ok', /survives a crash/],
    [{ roundTripMs: 80 }, 'apply', 'warning', /80\.0 ms/],
    [{ clockOffsetMs: -60_000 }, 'apply', 'warning', /behind that of this machine/],
    [{ rewritableRecords: ['history'] }, 'apply', 'warning', /history/],
  ] as const)('%o with migrations: %s is a %s', (change, migrations, result, sentence) => {
    const judged = judgePostgres({ ...good, ...change }, migrations);
    expect(judged).toContainEqual(
      expect.objectContaining({ result, found: expect.stringMatching(sentence) as string }),
    );
  });
});

describe('mail', () => {
  const smtp = { host: 'smtp.example.org' };

  test.each([
    ['EAUTH 535 5.7.8', /refuses the log-in/],
    ['ETLS', /encrypt/],
    ['EDNS', /There is no mail server/],
    ['ECONNECTION', /does not answer/],
    ['ESOCKET', /does not answer/],
  ])('%s is a problem', (why, sentence) => {
    const [judged] = judgeSmtp(smtp, { ok: false, why });
    expect(judged).toMatchObject({ result: 'problem', found: expect.stringMatching(sentence) as string });
    expect(judged?.found).toContain(why);
  });

  test('a server that answers is well, and one elsewhere without encryption is not', () => {
    expect(resultsOf(judgeSmtp(smtp, { ok: true }))).toEqual(['ok']);
    expect(resultsOf(judgeSmtp({ ...smtp, security: 'none' }, { ok: true }))).toEqual(['ok', 'warning']);
    expect(resultsOf(judgeSmtp({ host: '127.0.0.1', security: 'none' }, { ok: true }))).toEqual(['ok']);
  });

  test.each([
    [{ txt: ['v=spf1 -all'], dmarc: ['v=DMARC1; p=none'], hasMx: true }, ['ok', 'ok', 'ok', 'not_checked']],
    [{ txt: ['google-site=1'], dmarc: [], hasMx: false }, ['warning', 'warning', 'warning', 'not_checked']],
    [
      { txt: ['v=spf1 a', 'v=spf1 mx'], dmarc: undefined, hasMx: true },
      ['warning', 'not_checked', 'ok', 'not_checked'],
    ],
    [{ txt: undefined, dmarc: undefined, hasMx: undefined }, ['not_checked']],
  ])('%o', (records, results) => {
    expect(resultsOf(judgeSender('example.org', records))).toEqual(results);
  });
});

describe('claim pages', () => {
  const now = Date.UTC(2026, 0, 1);
  const day = 24 * 3_600_000;
  const expected = {
    claimBaseUrl: 'https://credentials.example.org/claim',
    brandName: "King's & Queen's College",
    redirectOrigin: 'https://app.seekpass-staging.com',
  };
  const page: Extract<PublicVisit, { answered: true }> = {
    answered: true,
    status: 404,
    headers: {
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; form-action 'self' ${expected.redirectOrigin}; frame-ancestors 'none'`,
      'referrer-policy': 'same-origin',
    },
    body: '<p>King&#39;s &amp; Queen&#39;s College</p>',
    certificateEndsAt: now + 60 * day,
  };

  test('pages of this institution, with their headers and a good certificate', () => {
    expect(new Set(resultsOf(judgeClaimPages(page, expected, now)))).toEqual(new Set(['ok']));
  });

  test.each<[string, PublicVisit, string, RegExp]>([
    [
      'another site',
      { ...page, body: '<h1>It works!</h1>', status: 200 },
      'problem',
      /not with the claim pages/,
    ],
    ['a bad gateway', { ...page, body: '', status: 502 }, 'problem', /answers with 502/],
    [
      'another SEEK Pass',
      {
        ...page,
        headers: {
          ...page.headers,
          'content-security-policy': "frame-ancestors 'none'; form-action 'self' http://127.0.0.1:1",
        },
      },
      'problem',
      /another SEEK Pass/,
    ],
    [
      'a proxy that caches',
      { ...page, headers: { ...page.headers, 'cache-control': 'public' } },
      'problem',
      /changes cache-control/,
    ],
    [
      'a proxy that drops the policy',
      { ...page, headers: { 'cache-control': 'no-store', 'referrer-policy': 'same-origin' } },
      'problem',
      /content-security-policy/,
    ],
    ['a certificate that ends soon', { ...page, certificateEndsAt: now + 5 * day }, 'warning', /5 more days/],
    ['an expired certificate', { answered: false, code: 'CERT_HAS_EXPIRED' }, 'problem', /will not trust/],
    [
      'a certificate of another name',
      { answered: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      'problem',
      /will not trust/,
    ],
    ['a name that the DNS does not know', { answered: false, code: 'ENOTFOUND' }, 'problem', /DNS/],
    ['nobody there', { answered: false, code: 'ECONNREFUSED' }, 'warning', /from here/],
    ['a firewall', { answered: false, code: 'ETIMEDOUT' }, 'warning', /from here/],
  ])('%s', (_, visit, result, sentence) => {
    expect(judgeClaimPages(visit, expected, now)).toContainEqual(
      expect.objectContaining({ result, found: expect.stringMatching(sentence) as string }),
    );
  });

  test('http has to lead to https, or nowhere', () => {
    expect(judgePlainHttp({ answered: false, code: 'ECONNREFUSED' }).result).toBe('ok');
    const to = (location: string) => judgePlainHttp({ ...page, status: 301, headers: { location } }).result;
    expect(to('https://credentials.example.org/claim')).toBe('ok');
    expect(to('http://www.example.org/')).toBe('warning');
    expect(judgePlainHttp(page).result).toBe('warning');
  });
});

describe('documents', () => {
  const baseUrl = 'https://files.example.org/documents';
  const place = { baseUrl, environment: 'staging', callers: ['203.0.113.0/24'] } as const;
  const nothingThere: PublicVisit = { answered: true, status: 404, headers: {}, body: '' };

  test('the host to put on the allow-list of SEEK Pass is named', () => {
    const judged = judgeDocuments(place, nothingThere);
    expect(resultsOf(judged)).toEqual(['not_checked', 'ok', 'ok']);
    expect(judged[0]?.remedy).toContain('files.example.org on the allow-list of staging');
  });

  test('files for everybody, files that nobody serves, and a page in their place are told', () => {
    expect(resultsOf(judgeDocuments({ ...place, callers: undefined }, nothingThere))).toContain('warning');
    const gone = judgeDocuments(place, { answered: false, code: 'ECONNREFUSED' });
    expect(resultsOf(gone)).toEqual(['not_checked', 'warning', 'ok']);
    const other = judgeDocuments(place, { ...nothingThere, body: '<h1>Not found</h1>' });
    expect(resultsOf(other)).toEqual(['not_checked', 'problem', 'ok']);
  });
});

describe('webhooks', () => {
  const receiver = 'https://portal.example.org/webhooks/seek-pass';
  const endpoint = { id: '1', url: receiver, ours: true, atSeekPass: true, secretHeld: true };

  test.each([
    ['one that works, beside one of another system', [endpoint, { ...endpoint, ours: false }], ['ok']],
    ['none', [], ['problem']],
    ['one of another system', [{ ...endpoint, ours: false }], ['problem']],
    ['one that was deleted at SEEK Pass', [{ ...endpoint, atSeekPass: false }], ['problem']],
    ['one whose secret is not known', [{ ...endpoint, secretHeld: false }], ['problem']],
    ['one that is being rotated', [{ ...endpoint, rotatingSince: 1 }], ['ok', 'warning']],
    ['two, one of them unknown', [endpoint, { ...endpoint, id: '2', secretHeld: false }], ['ok', 'warning']],
  ])('%s', (_, endpoints, results) => {
    expect(resultsOf(judgeEndpoints(receiver, endpoints))).toEqual(results);
  });

  test('what was given up and what nobody knows is a person’s', () => {
    expect(judgeInbox({ waiting: 5, parked: 0, dead: 0 })).toEqual([]);
    expect(resultsOf(judgeInbox({ waiting: 0, parked: 1, dead: 2 }))).toEqual(['warning', 'warning']);
  });

  test('the inbox tells readers that it only receives; anything else is another site', () => {
    const answer = (status: number): PublicVisit => ({ answered: true, status, headers: {}, body: '' });
    expect(judgeReceiver(receiver, answer(405)).result).toBe('ok');
    expect(judgeReceiver(receiver, answer(404)).result).toBe('problem');
    expect(judgeReceiver(receiver, { answered: false, code: 'ETIMEDOUT' }).result).toBe('warning');
  });
});

test('recipients under a former key are told, in their number', () => {
  expect(judgeKeyRing('k2', { k2: 4 }).result).toBe('ok');
  expect(judgeKeyRing('k2', { k1: 3, k2: 4 })).toMatchObject({
    result: 'warning',
    found: expect.stringContaining('3 recipients') as string,
  });
});

test('mail administrators are told which senders to let through', () => {
  const { remedy } = adviseOnCodes('staging', 'uni.example.org');
  for (const word of ['@seek.com.au', '@seekpass.co', '@seekpass-staging.com', 'uni.example.org']) {
    expect(remedy).toContain(word);
  }
  expect(adviseOnCodes('production', undefined).remedy).not.toContain('staging');
  expect(adviseOnCodes('sandbox', undefined).result).toBe('ok');
});
