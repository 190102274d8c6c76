import { runInNewContext } from 'node:vm';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { ConfigurationError, sign, verifyWebhook, type WebhookEvent } from '../../src/webhooks/index.ts';
import { outcomeOf } from './outcome.ts';

const secret = '5e'.repeat(31) + '01';
const now = 1_767_268_800_000;
const timestamp = now / 1000;
const body = JSON.stringify({
  event_id: '6f2c1a34-9d0b-4e57-8a63-1b7d5c9e0f42',
  request_id: 'ACME-1',
  type: 'vwsp_request.verified',
  created_at: '2026-01-01T11:59:58.123456Z',
});
const headers = sign({ body, secret, timestamp });

function signedInput(payload: object) {
  const text = JSON.stringify(payload);
  return { body: text, headers: sign({ body: text, secret, timestamp }), secrets: secret, now };
}

function eventOf(payload: object): WebhookEvent {
  return verifyWebhook(signedInput(payload)).event;
}

describe('the body', () => {
  it.each([
    ['text', body],
    ['a Buffer', Buffer.from(body)],
    ['a Uint8Array', new TextEncoder().encode(body)],
    ['a view into a larger buffer', Buffer.from(`##${body}##`).subarray(2, -2)],
    ['bytes of another realm', runInNewContext('new Uint8Array(bytes)', { bytes: [...Buffer.from(body)] })],
  ])('is accepted as %s', (_, raw) => {
    expect(verifyWebhook({ body: raw, headers, secrets: secret, now }).event.request_id).toBe('ACME-1');
  });

  it.each([
    ['a parsed object', JSON.parse(body)],
    ['undefined', undefined],
    ['null', null],
    ['an ArrayBuffer', new ArrayBuffer(4)],
    ['an array of numbers', [...Buffer.from(body)]],
  ])('is refused as %s', (_, parsed) => {
    expect(outcomeOf({ body: parsed, headers, secrets: secret, now })).toBe('body_not_raw');
  });

  it('is refused above the limit, also when signed', () => {
    const large = JSON.stringify({ ...JSON.parse(body), note: 'x'.repeat(65_536) });
    const signed = sign({ body: large, secret, timestamp });
    expect(outcomeOf({ body: large, headers: signed, secrets: secret, now })).toBe('bad_payload');
    const raised = verifyWebhook({
      body: large,
      headers: signed,
      secrets: secret,
      now,
      maxBodyBytes: 100_000,
    });
    expect(raised.event.kind).toBe('verified');
  });

  it('counts the limit in bytes, not in characters', () => {
    const wide = JSON.stringify({ ...JSON.parse(body), note: '王'.repeat(30_000) });
    const signed = sign({ body: wide, secret, timestamp });
    expect(outcomeOf({ body: wide, headers: signed, secrets: secret, now })).toBe('bad_payload');
  });
});

describe('the headers', () => {
  const pairs: [string, string][] = [
    ['Content-Type', 'application/json'],
    ['X-Timestamp', headers['x-timestamp']],
    ['X-Signature', headers['x-signature']],
  ];

  it.each([
    ['a fetch Headers object', new Headers(pairs)],
    ['a Map with lower-case names', new Map(Object.entries(headers))],
    ['Node headers', headers],
    [
      'an object with other case',
      { 'X-TIMESTAMP': headers['x-timestamp'], 'X-Signature': headers['x-signature'] },
    ],
    [
      'lists of one value',
      { 'x-timestamp': [headers['x-timestamp']], 'x-signature': [headers['x-signature']] },
    ],
    ['pairs', pairs],
    ['rawHeaders', pairs.flat()],
  ])('are read from %s', (_, given) => {
    expect(verifyWebhook({ body, headers: given, secrets: secret, now }).matchedSecretIndex).toBe(0);
  });

  const fetchHeaders = new Headers(pairs);
  fetchHeaders.append('x-signature', headers['x-signature']);
  it.each([
    ['a fetch Headers object', fetchHeaders],
    [
      'Node headers, joined',
      { ...headers, 'x-signature': `${headers['x-signature']}, ${headers['x-signature']}` },
    ],
    ['lists of two values', { ...headers, 'x-timestamp': [headers['x-timestamp'], headers['x-timestamp']] }],
    ['two spellings of a name', { ...headers, 'X-Signature': headers['x-signature'] }],
    ['pairs', [...pairs, ['x-timestamp', headers['x-timestamp']] as const]],
    ['rawHeaders', [...pairs.flat(), 'X-SIGNATURE', headers['x-signature']]],
  ])('are refused when one is there twice in %s', (_, given) => {
    expect(outcomeOf({ body, headers: given, secrets: secret, now })).toBe('duplicate_header');
  });

  it.each([
    ['nothing', {}],
    ['undefined', undefined],
    ['no signature', { 'x-timestamp': headers['x-timestamp'] }],
    ['an undefined signature', { ...headers, 'x-signature': undefined }],
    ['an empty list', { ...headers, 'x-signature': [] }],
    ['a signature that is no text', { ...headers, 'x-signature': 7 }],
    ['signature headers only on the prototype', Object.create(headers)],
  ])('are refused with %s', (_, given) => {
    expect(outcomeOf({ body, headers: given, secrets: secret, now })).toBe('missing_header');
  });
});

describe('the time', () => {
  const at = (seconds: number, toleranceSeconds?: number) =>
    outcomeOf({
      body,
      headers: sign({ body, secret, timestamp: timestamp + seconds }),
      secrets: secret,
      now,
      ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    });

  it('is accepted at 900 seconds either way and refused beyond', () => {
    expect([at(-901), at(-900), at(0), at(900), at(901)]).toEqual([
      'too_old',
      'accepted',
      'accepted',
      'accepted',
      'too_new',
    ]);
  });

  it('uses the tolerance given', () => {
    expect([at(-6, 5), at(-5, 5), at(5, 5), at(6, 5), at(0, 0)]).toEqual([
      'too_old',
      'accepted',
      'accepted',
      'too_new',
      'accepted',
    ]);
  });

  it('uses the machine clock by default', () => {
    const fresh = sign({ body, secret, timestamp: Math.floor(Date.now() / 1000) });
    expect(verifyWebhook({ body, headers: fresh, secrets: secret }).event.kind).toBe('verified');
    expect(outcomeOf({ body, headers, secrets: secret, now: Date.now() + 1e12 })).toBe('too_old');
  });

  it.each([
    { now: Number.NaN },
    { toleranceSeconds: Number.NaN },
    { toleranceSeconds: Infinity },
    { toleranceSeconds: -1 },
  ])('stops on the setting %j instead of accepting everything', (setting) => {
    expect(() => verifyWebhook({ body, headers, secrets: secret, now, ...setting })).toThrow(
      ConfigurationError,
    );
  });
});

describe('the secrets', () => {
  const other = 'another-long-enough-one-0001';

  it('may be several; the result says which one signed', () => {
    expect(verifyWebhook({ body, headers, secrets: [secret, other], now }).matchedSecretIndex).toBe(0);
    expect(verifyWebhook({ body, headers, secrets: [other, secret], now }).matchedSecretIndex).toBe(1);
    expect(outcomeOf({ body, headers, secrets: [other], now })).toBe('bad_signature');
  });

  it.each([
    ['none', []],
    ['undefined', undefined],
    ['empty', ''],
    ['an empty one beside a good one', [secret, '']],
    ['a line break at the end', `${secret}\n`],
    ['too short', 'hunter2'],
    ['a placeholder', 'your-webhook-secret-here'],
    ['one repeated character', '0'.repeat(64)],
  ])('stop early when they are %s', (_, secrets) => {
    expect(outcomeOf({ body, headers, secrets, now })).toBe('invalid_configuration');
  });

  it('are not shown in the message', () => {
    const run = () => verifyWebhook({ body, headers, secrets: 'hunter2', now });
    expect(run).toThrow(ConfigurationError);
    expect(run).not.toThrow(/hunter2/);
  });
});

describe('the event', () => {
  const base = { event_id: 'e-1', request_id: 'r-1', created_at: '2026-01-01T00:00:00.000000Z' };

  it('says what happened as kind, and keeps the event as signed', () => {
    const payload = { ...base, type: 'vwsp_request.verified' };
    expect(eventOf(payload)).toEqual({ kind: 'verified', ...payload, payload });
    expect(eventOf({ ...base, type: 'vwsp_request.canceled' }).kind).toBe('canceled');
  });

  it('is a union that narrows by kind', () => {
    type OfKind<K> = Extract<WebhookEvent, { kind: K }>;
    expectTypeOf<OfKind<'verified' | 'canceled'>['request_id']>().toEqualTypeOf<string>();
    expectTypeOf<OfKind<'unknown'>['request_id']>().toEqualTypeOf<string | undefined>();
  });

  it('keeps types and members that are not known yet', () => {
    const event = eventOf({ event_id: 'e-2', created_at: 'later', type: 'vwsp_request.renamed', extra: [1] });
    expect(event).toMatchObject({ kind: 'unknown', type: 'vwsp_request.renamed', payload: { extra: [1] } });
    expect('request_id' in event).toBe(false);
  });

  it.each([
    { ...base, type: 'vwsp_request.verified', event_id: '' },
    { ...base, type: 'vwsp_request.verified', event_id: 7 },
    { ...base, type: 'vwsp_request.verified', request_id: undefined },
    { ...base, type: undefined },
    { ...base, type: 'vwsp_request.verified', created_at: null },
  ])('is refused without a documented member: %j', (payload) => {
    expect(outcomeOf(signedInput(payload))).toBe('bad_payload');
  });

  it('is refused without quoting the body', () => {
    const text = 'PII-Nguyen-Thi-Lan';
    const run = () =>
      verifyWebhook({ body: text, headers: sign({ body: text, secret, timestamp }), secrets: secret, now });
    expect(run).toThrow(expect.objectContaining({ reason: 'bad_payload' }));
    expect(run).not.toThrow(expect.objectContaining({ cause: expect.anything() }));
    expect(run).not.toThrow(/Nguyen/);
  });
});
