import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from '../../src/webhooks/index.ts';
import { outcomeOf } from './outcome.ts';

interface Vector {
  name: string;
  now: number;
  secrets: string[];
  headers: [string, string][];
  bodyBase64: string;
  expect: {
    accepted: boolean;
    matchedSecretIndex?: number;
    event_id?: string;
    type?: string;
    reason?: string;
  };
}

const path = fileURLToPath(new URL('../../test-vectors/webhooks.json', import.meta.url));
const published: { toleranceSeconds: number; vectors: Vector[] } = JSON.parse(readFileSync(path, 'utf8'));

/** HMAC as RFC 2104 writes it, over a bare hash: shares no code with `createHmac`. */
function hmacByHand(key: string, message: Buffer): string {
  const block = Buffer.alloc(64);
  const keyBytes = Buffer.from(key, 'utf8');
  (keyBytes.length > 64 ? createHash('sha256').update(keyBytes).digest() : keyBytes).copy(block);
  const inner = createHash('sha256')
    .update(block.map((byte) => byte ^ 0x36))
    .update(message)
    .digest();
  return createHash('sha256')
    .update(block.map((byte) => byte ^ 0x5c))
    .update(inner)
    .digest('hex');
}

/** What the recipe of the documentation decides, without our code: accepted by which secret, or not. */
function judgeByHand({ now, secrets, headers, bodyBase64 }: Vector): number | undefined {
  const values = (name: string) =>
    headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
  const [timestamp, secondTimestamp] = values('x-timestamp');
  const [signature, secondSignature] = values('x-signature');
  if (timestamp === undefined || signature === undefined || secondTimestamp !== undefined) return undefined;
  if (secondSignature !== undefined || !(Math.abs(now - Number(timestamp)) <= published.toleranceSeconds))
    return undefined;
  if (!/^\d+$/.test(timestamp)) return undefined;
  const message = Buffer.concat([Buffer.from(`${timestamp}.`), Buffer.from(bodyBase64, 'base64')]);
  const index = secrets.findIndex((secret) => hmacByHand(secret, message) === signature.toLowerCase());
  return index < 0 ? undefined : index;
}

describe('published webhook test vectors', () => {
  it('are what the committed script writes', () => {
    const directory = mkdtempSync(join(tmpdir(), 'webhook-vectors-'));
    try {
      const script = fileURLToPath(new URL('generate-test-vectors.mjs', import.meta.url));
      execFileSync(process.execPath, [script, join(directory, 'webhooks.json')]);
      expect(published).toEqual(JSON.parse(readFileSync(join(directory, 'webhooks.json'), 'utf8')));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('the second HMAC is right itself (RFC 4231, test cases 1 and 2)', () => {
    expect(hmacByHand('\u000b'.repeat(20), Buffer.from('Hi There'))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
    expect(hmacByHand('Jefe', Buffer.from('what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it.each(published.vectors)('$name: a second HMAC agrees', (vector) => {
    const { accepted, matchedSecretIndex, reason } = vector.expect;
    const signatureFits = accepted || reason === 'bad_payload';
    expect(judgeByHand(vector)).toBe(signatureFits ? (matchedSecretIndex ?? 0) : undefined);
  });

  it.each(published.vectors.filter((vector) => vector.expect.accepted))('$name: accepted', (vector) => {
    const { event, matchedSecretIndex } = verifyWebhook(inputOf(vector));
    const { event_id, type } = event;
    expect({ accepted: true, matchedSecretIndex, event_id, type }).toEqual(vector.expect);
  });

  it.each(published.vectors.filter((vector) => !vector.expect.accepted))('$name: refused', (vector) => {
    expect(outcomeOf(inputOf(vector))).toBe(vector.expect.reason);
  });
});

function inputOf({ bodyBase64, headers, secrets, now }: Vector) {
  return { body: Buffer.from(bodyBase64, 'base64'), headers, secrets, now: now * 1000 };
}
