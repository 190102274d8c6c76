import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateKeyRing, keyRingFromText, rotateKeyRing } from '../../src/keys/key-ring.ts';
import { lookupHash } from '../../src/keys/lookup-hash.ts';
import { openSealed, seal } from '../../src/keys/seal.ts';

const place = { issuer: 'default', row: 'r1', column: 'recipient' };
const key = Buffer.alloc(32, 7);

describe('security rule 16: a sealed value', () => {
  it('opens where it was sealed and nowhere else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (plain) => {
        const sealed = seal(key, plain, place);
        expect(Buffer.from(openSealed(key, sealed, place))).toEqual(Buffer.from(plain));
        for (const other of [
          { ...place, issuer: 'other' },
          { ...place, row: 'r2' },
          { ...place, column: 'credential' },
          { issuer: 'defaultr', row: '1', column: 'recipient' },
        ]) {
          expect(() => openSealed(key, sealed, other)).toThrow(Error);
        }
      }),
    );
  });

  it('does not open with a changed byte or another key', () => {
    const sealed = Buffer.from(seal(key, Buffer.from('Nguyễn Thị Lan'), place));
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openSealed(key, changed, place)).toThrow(Error);
    }
    expect(() => openSealed(Buffer.alloc(32, 8), sealed, place)).toThrow(Error);
  });
});

describe('a key ring', () => {
  it('reads after a rotation what was wrapped before it, and wraps with the new key', async () => {
    const text = generateKeyRing();
    const before = keyRingFromText(text);
    const wrapped = await before.wrap(key, before.currentKeyId, place);
    const after = keyRingFromText(rotateKeyRing(text));
    expect(after.currentKeyId).not.toBe(before.currentKeyId);
    expect(Buffer.from(await after.unwrap(wrapped, before.currentKeyId, place))).toEqual(key);
    await expect(after.unwrap(wrapped, after.currentKeyId, place)).rejects.toThrow(Error);
    expect(Buffer.from(after.lookupKey)).toEqual(Buffer.from(before.lookupKey));
  });

  it.each([
    '',
    'no json',
    '{}',
    '{"version":2}',
    JSON.stringify({ version: 1, current: 'k9', keys: {}, lookup: 'a'.repeat(43) }),
  ])('that is none is refused: %s', (text) => {
    expect(() => keyRingFromText(text)).toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
  });
});

it('a lookup hash differs by issuer, kind and value', () => {
  const hashes = [
    lookupHash(key, 'a', 'email', 'x@example.edu'),
    lookupHash(key, 'b', 'email', 'x@example.edu'),
    lookupHash(key, 'a', 'subject', 'x@example.edu'),
    lookupHash(key, 'a', 'email', 'y@example.edu'),
  ].map((hash) => Buffer.from(hash).toString('hex'));
  expect(new Set(hashes).size).toBe(4);
});
