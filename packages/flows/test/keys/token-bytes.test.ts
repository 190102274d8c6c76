import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenBytes } from '../../src/keys/token-bytes.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test('a token has one spelling: of the 64 texts that differ in the last character one counts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const token = Buffer.from(bytes).toString('base64url');
      const read = Array.from(alphabet, (last) => tokenBytes(token.slice(0, -1) + last));
      expect(read.filter((one) => one?.equals(bytes) === true)).toHaveLength(1);
      expect(tokenBytes(token)?.equals(bytes)).toBe(true);
    }),
  );
});

test.each([
  '',
  'A'.repeat(42),
  'A'.repeat(44),
  ` ${'A'.repeat(42)}`,
  '+/'.repeat(21) + 'A',
  `${'A'.repeat(42)}=`,
])('is none: %j', (text) => {
  expect(tokenBytes(text)).toBeUndefined();
});

test('standard base64 of the same bytes is none', () => {
  const bytes = randomBytes(32).fill(255, 0, 8);
  expect(tokenBytes(bytes.toString('base64'))).toBeUndefined();
});
