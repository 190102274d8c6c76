/**
 * Writes test-vectors/webhooks.json: `node test/webhooks/generate-test-vectors.mjs`. Signs with its own lines, not with
 * the code under test; the test beside it computes every signature a second time, another way.
 */
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const now = 1_767_268_800;
const secret = '3f9a0c5d7e1b24680f2e4d6c8ba97531c0ffee11d2b4a6988776655443322110';
const previousSecret = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';
const foreignSecret = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const event = {
  event_id: '6f2c1a34-9d0b-4e57-8a63-1b7d5c9e0f42',
  request_id: 'ACME-0b9a4f6e-52c1-4d38-9f07-2e8c6a1d7b53',
  type: 'vwsp_request.verified',
  created_at: '2026-01-01T11:59:58.123456Z',
};
const json = Buffer.from(JSON.stringify(event));
const crlf = Buffer.from(`${JSON.stringify(event, undefined, 2).replaceAll('\n', '\r\n')}\r\n`);
const bom = Buffer.from([0xef, 0xbb, 0xbf]);

function hmac(body, { key = secret, timestamp = now } = {}) {
  return createHmac('sha256', key)
    .update(Buffer.concat([Buffer.from(`${timestamp}.`), body]))
    .digest('hex');
}

function signed(body, { key = secret, timestamp = now } = {}) {
  return [
    ['X-Timestamp', String(timestamp)],
    ['X-Signature', hmac(body, { key, timestamp })],
  ];
}

function vector(name, body, headers, expect, secrets = [secret]) {
  return { name, now, secrets, headers, bodyBase64: body.toString('base64'), expect };
}

const accepted = (type = event.type, matchedSecretIndex = 0, event_id = event.event_id) => ({
  accepted: true,
  matchedSecretIndex,
  event_id,
  type,
});
const refused = (reason) => ({ accepted: false, reason });

function withType(type) {
  return Buffer.from(JSON.stringify({ ...event, type }));
}

const nonAscii = Buffer.from(JSON.stringify({ ...event, note: 'Nguyễn Thị Lan · 王小明 · 🎓' }));
const notUtf8 = Buffer.concat([
  json.subarray(0, -1),
  Buffer.from(',"note":"'),
  Buffer.from([0xff]),
  Buffer.from('"}'),
]);
const [timestampHeader, signatureHeader] = signed(json);
const signature = signatureHeader[1];

const vectors = [
  vector('good', json, signed(json), accepted()),
  vector(
    'good: canceled',
    withType('vwsp_request.canceled'),
    signed(withType('vwsp_request.canceled')),
    accepted('vwsp_request.canceled'),
  ),
  vector(
    'good: a type nobody knows yet',
    withType('vwsp_request.renamed'),
    signed(withType('vwsp_request.renamed')),
    accepted('vwsp_request.renamed'),
  ),
  vector('good: non-ASCII body', nonAscii, signed(nonAscii), accepted()),
  vector('good: CRLF line ends, signed as sent', crlf, signed(crlf), accepted()),
  vector(
    'good: UTF-8 byte order mark, signed as sent',
    Buffer.concat([bom, json]),
    signed(Buffer.concat([bom, json])),
    accepted(),
  ),
  vector(
    'good: upper-case hex',
    json,
    [timestampHeader, ['X-Signature', signature.toUpperCase()]],
    accepted(),
  ),
  vector(
    'good: lower-case header names',
    json,
    [
      ['x-timestamp', String(now)],
      ['x-signature', signature],
    ],
    accepted(),
  ),
  vector(
    'good: signed by the second secret',
    json,
    signed(json, { key: previousSecret }),
    accepted(event.type, 1),
    [secret, previousSecret],
  ),
  vector('good: exactly 900 seconds old', json, signed(json, { timestamp: now - 900 }), accepted()),
  vector('good: exactly 900 seconds ahead', json, signed(json, { timestamp: now + 900 }), accepted()),

  vector('old: 901 seconds', json, signed(json, { timestamp: now - 901 }), refused('too_old')),
  vector('future: 901 seconds', json, signed(json, { timestamp: now + 901 }), refused('too_new')),
  vector(
    'future: milliseconds instead of seconds',
    json,
    signed(json, { timestamp: now * 1000 }),
    refused('too_new'),
  ),
  vector('timestamp: not a number', json, signed(json, { timestamp: 'yesterday' }), refused('bad_timestamp')),
  vector(
    'timestamp: a sign in front',
    json,
    signed(json, { timestamp: `+${now}` }),
    refused('bad_timestamp'),
  ),
  vector('timestamp: a fraction', json, signed(json, { timestamp: `${now}.5` }), refused('bad_timestamp')),
  vector(
    'timestamp: changed after signing',
    json,
    [['X-Timestamp', String(now + 1)], signatureHeader],
    refused('bad_signature'),
  ),
  vector('body: truncated', json.subarray(0, -1), signed(json), refused('bad_signature')),
  vector('body: empty', Buffer.alloc(0), signed(json), refused('bad_signature')),
  vector(
    'body: an extra byte',
    Buffer.concat([json, Buffer.from('\n')]),
    signed(json),
    refused('bad_signature'),
  ),
  vector(
    'body: LF turned into CRLF',
    crlf,
    signed(Buffer.from(crlf.toString().replaceAll('\r\n', '\n'))),
    refused('bad_signature'),
  ),
  vector(
    'body: CRLF turned into LF',
    Buffer.from(crlf.toString().replaceAll('\r\n', '\n')),
    signed(crlf),
    refused('bad_signature'),
  ),
  vector('body: a byte order mark added', Buffer.concat([bom, json]), signed(json), refused('bad_signature')),
  vector(
    'body: a byte order mark removed',
    json,
    signed(Buffer.concat([bom, json])),
    refused('bad_signature'),
  ),
  vector(
    'body: same JSON, other spacing',
    Buffer.from(JSON.stringify(event, undefined, 1)),
    signed(json),
    refused('bad_signature'),
  ),
  vector(
    'body: one character changed',
    Buffer.from(json.toString().replace('verified', 'verifled')),
    signed(json),
    refused('bad_signature'),
  ),
  vector(
    'body: signed, but not JSON',
    Buffer.from('event=verified'),
    signed(Buffer.from('event=verified')),
    refused('bad_payload'),
  ),
  vector(
    'body: signed, but a JSON array',
    Buffer.from('[]'),
    signed(Buffer.from('[]')),
    refused('bad_payload'),
  ),
  vector('body: signed, but not UTF-8', notUtf8, signed(notUtf8), refused('bad_payload')),
  vector(
    'body: signed, but without event_id',
    Buffer.from('{"type":"vwsp_request.verified"}'),
    signed(Buffer.from('{"type":"vwsp_request.verified"}')),
    refused('bad_payload'),
  ),
  vector(
    'signature: wrong, right length',
    json,
    [timestampHeader, ['X-Signature', '0'.repeat(64)]],
    refused('bad_signature'),
  ),
  vector(
    'signature: one character missing',
    json,
    [timestampHeader, ['X-Signature', signature.slice(0, -1)]],
    refused('bad_signature'),
  ),
  vector(
    'signature: one character too many',
    json,
    [timestampHeader, ['X-Signature', `${signature}0`]],
    refused('bad_signature'),
  ),
  vector(
    'signature: a prefix',
    json,
    [timestampHeader, ['X-Signature', `sha256=${signature}`]],
    refused('bad_signature'),
  ),
  vector(
    'signature: base64',
    json,
    [timestampHeader, ['X-Signature', Buffer.from(signature, 'hex').toString('base64')]],
    refused('bad_signature'),
  ),
  vector(
    'signature: not hex, right length',
    json,
    [timestampHeader, ['X-Signature', `${signature.slice(0, -1)}g`]],
    refused('bad_signature'),
  ),
  vector(
    'signature: of the body alone',
    json,
    [timestampHeader, ['X-Signature', createHmac('sha256', secret).update(json).digest('hex')]],
    refused('bad_signature'),
  ),
  vector(
    'signature: keyed with the bytes the hex secret stands for',
    json,
    signed(json, { key: Buffer.from(secret, 'hex') }),
    refused('bad_signature'),
  ),
  vector(
    'signature: by a foreign secret',
    json,
    signed(json, { key: foreignSecret }),
    refused('bad_signature'),
    [secret, previousSecret],
  ),
  vector(
    'headers: two signatures',
    json,
    [timestampHeader, signatureHeader, ['X-Signature', '0'.repeat(64)]],
    refused('duplicate_header'),
  ),
  vector(
    'headers: the same signature twice',
    json,
    [timestampHeader, signatureHeader, ['x-signature', signature]],
    refused('duplicate_header'),
  ),
  vector(
    'headers: two signatures, joined by a comma',
    json,
    [timestampHeader, ['X-Signature', `${signature}, ${signature}`]],
    refused('duplicate_header'),
  ),
  vector(
    'headers: two timestamps',
    json,
    [timestampHeader, ['X-Timestamp', String(now - 1)], signatureHeader],
    refused('duplicate_header'),
  ),
  vector('headers: no signature', json, [timestampHeader], refused('missing_header')),
  vector('headers: no timestamp', json, [signatureHeader], refused('missing_header')),
  vector('headers: empty signature', json, [timestampHeader, ['X-Signature', '']], refused('missing_header')),
];

const file = {
  about:
    'Test vectors for SEEK Pass webhooks. X-Signature = hex(HMAC-SHA256(key: the secret as text, message: X-Timestamp + "." + raw body)). Refuse when a header is missing or there twice, when X-Timestamp is not a whole number, or when |now - X-Timestamp| > toleranceSeconds. Hex in either case. Parse only after the signature fits. The secrets are made up.',
  units: 'now, X-Timestamp and toleranceSeconds in seconds; the body is the base64 of its raw bytes',
  toleranceSeconds: 900,
  vectors,
};

const target = fileURLToPath(new URL('../../test-vectors/webhooks.json', import.meta.url));
writeFileSync(process.argv[2] ?? target, `${JSON.stringify(file, undefined, 2)}\n`);
