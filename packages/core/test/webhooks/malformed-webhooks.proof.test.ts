import assert from 'node:assert/strict';
import { proof } from '@seek-pass-kit/prove';
import * as fc from 'fast-check';
import { sign } from '../../src/webhooks/index.ts';
import { outcomeOf } from './outcome.ts';

const secret = 'c0ffee'.repeat(10);
const now = 1_767_268_800_000;
const body = JSON.stringify({
  event_id: 'e-1',
  request_id: 'r-1',
  type: 'vwsp_request.verified',
  created_at: '2026-01-01T11:59:58.123456Z',
});
const good = sign({ body, secret, timestamp: now / 1000 });

const stray = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.anything());
const hex64 = fc.string({
  unit: fc.mixedCase(fc.constantFrom('0', '7', '9', 'a', 'c', 'f')),
  minLength: 60,
  maxLength: 68,
});
const bytes = fc.uint8Array({ maxLength: 300 });

const timestamp = fc.oneof(
  fc.constant(good['x-timestamp']),
  fc.integer({ min: -1000, max: 1000 }).map((offset) => String(now / 1000 + offset)),
  fc.double().map(String),
  stray,
);
const signature = fc.oneof(fc.constant(good['x-signature']), hex64, fc.array(hex64), stray);
const anyBody = fc.oneof(
  fc.constant(body),
  fc
    .tuple(fc.nat(body.length), fc.string({ maxLength: 3 }))
    .map(([at, text]) => body.slice(0, at) + text + body.slice(at + 1)),
  fc.json(),
  bytes,
  bytes.map((list) => Buffer.from(list)),
  stray,
);
const headers = fc.oneof(
  fc.record({ 'x-timestamp': timestamp, 'x-signature': signature }, { requiredKeys: [] }),
  fc.record(
    { 'X-Timestamp': timestamp, 'x-signature': signature, 'X-Signature': signature },
    { requiredKeys: ['X-Timestamp'] },
  ),
  fc.tuple(timestamp, signature).map(([at, by]) => [
    ['X-Timestamp', at],
    ['X-Signature', by],
  ]),
  fc.tuple(timestamp, signature).map(([at, by]) => ['X-Timestamp', at, 'X-Signature', by]),
  fc.tuple(timestamp, signature).map(
    ([at, by]) =>
      new Map([
        ['x-timestamp', at],
        ['x-signature', by],
      ]),
  ),
  fc.dictionary(fc.constantFrom('x-timestamp', 'x-signature', 'X-TIMESTAMP', 'get'), stray),
  stray,
);

/** The generators leave one untouched now and then; only that one may be accepted. */
function isUntouched(givenBody: unknown, givenHeaders: unknown): boolean {
  const text = Buffer.isBuffer(givenBody) ? givenBody.toString('latin1') : givenBody;
  const values = givenHeaders instanceof Map ? [...givenHeaders] : givenHeaders;
  return text === body && JSON.stringify(values).includes(good['x-signature']);
}

const refusals = new Set([
  'body_not_raw',
  'missing_header',
  'duplicate_header',
  'bad_timestamp',
  'too_old',
  'too_new',
  'bad_signature',
  'bad_payload',
]);

proof(
  'malformed webhooks: none accepted, nothing thrown but our own error',
  { small: 5_000, full: 100_000 },
  ({ size, seed }) => {
    let refused = 0;
    fc.assert(
      fc.property(anyBody, headers, (givenBody, givenHeaders) => {
        const outcome = outcomeOf({ body: givenBody, headers: givenHeaders, secrets: secret, now });
        if (refusals.has(outcome)) refused += 1;
        return refusals.has(outcome) || (outcome === 'accepted' && isUntouched(givenBody, givenHeaders));
      }),
      { numRuns: size, seed },
    );
    assert.ok(refused > size * 0.9, `only ${refused} were refused: the generators are too tame`);
  },
);
