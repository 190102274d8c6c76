import { randomBytes } from 'node:crypto';
import { ConfigurationError } from '@seek-pass-kit/core';
import { z } from 'zod';
import { openSealed, seal, type SealedPlace } from './seal.ts';

/**
 * Where the keys that protect recipients' own keys live. The default is a generated key file ({@link keyRingFromText});
 * put a key management service behind it by implementing the two methods.
 */
export interface KeyPort {
  /** The id of the key that {@link KeyPort.wrap} uses now; stored with the wrapped key. */
  readonly currentKeyId: string;
  /** Encrypts a recipient's data key, 32 bytes. */
  wrap(dataKey: Uint8Array, place: SealedPlace): Promise<Uint8Array>;
  /** Decrypts it again. Rejects when the key is gone, or the wrapped key belongs to another place. */
  unwrap(wrapped: Uint8Array, keyId: string, place: SealedPlace): Promise<Uint8Array>;
  /** Keys the lookup hashes; kept apart from the keys above and never rotated alone: every hash would change. */
  readonly lookupKey: Uint8Array;
}

const keyText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const keyRingFile = z.strictObject({
  version: z.literal(1),
  current: z.string().min(1),
  keys: z.record(z.string().min(1), keyText),
  lookup: keyText,
});

/** A new key ring as the text of its file, with one key. Keep the file at mode 0600, and back it up apart from the database. */
export function generateKeyRing(): string {
  const ring = { version: 1, current: 'k1', keys: { k1: newKey() }, lookup: newKey() };
  return `${JSON.stringify(ring, null, 2)}\n`;
}

/** Adds a key and makes it the current one. The former ones stay: what they protect must stay readable. */
export function rotateKeyRing(text: string): string {
  const ring = readKeyRing(text);
  let next = Object.keys(ring.keys).length + 1;
  while (`k${next}` in ring.keys) next += 1;
  const current = `k${next}`;
  return `${JSON.stringify({ ...ring, current, keys: { ...ring.keys, [current]: newKey() } }, null, 2)}\n`;
}

/**
 * A {@link KeyPort} over the text of a key file.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the text is not a key ring.
 */
export function keyRingFromText(text: string): KeyPort {
  const ring = readKeyRing(text);
  const keys = new Map(Object.entries(ring.keys).map(([id, key]) => [id, Buffer.from(key, 'base64url')]));
  const keyOf = (id: string): Uint8Array => {
    const key = keys.get(id);
    if (key !== undefined) return key;
    throw new ConfigurationError(
      `The key file has no key "${id}", which stored data needs. Restore the key file that has it.`,
    );
  };
  keyOf(ring.current);
  return {
    currentKeyId: ring.current,
    lookupKey: Buffer.from(ring.lookup, 'base64url'),
    wrap: async (dataKey, place) => seal(keyOf(ring.current), dataKey, place),
    unwrap: async (wrapped, keyId, place) => openSealed(keyOf(keyId), wrapped, place),
  };
}

function newKey(): string {
  return randomBytes(32).toString('base64url');
}

function readKeyRing(text: string): z.output<typeof keyRingFile> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const parsed = keyRingFile.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    'The key file is not a key ring. Restore it from its backup; without it the stored personal data cannot be read.',
  );
}
