import { randomBytes } from 'node:crypto';
import { ConfigurationError } from '@seek-pass-kit/core';
import { z } from 'zod';
import { openSealed, seal, type SealedPlace } from './seal.ts';

/**
 * Where the keys that protect recipients' own keys live. The default is a generated key file ({@link openKeyRing}); put a key
 * management service behind it by implementing the two methods.
 */
export interface KeyPort {
  /** The id of the key for what is wrapped now; stored with the wrapped key. May change while the process runs. */
  readonly currentKeyId: string;
  /**
   * The ids of all keys that still open something here, the current one among them: an erasure is complete when none of those that
   * could open it is left. Absent: say yourself when a key is destroyed (`finishErasures`).
   */
  readonly keyIds?: readonly string[];
  /** Encrypts a recipient's data key, 32 bytes. */
  wrap(dataKey: Uint8Array, keyId: string, place: SealedPlace): Promise<Uint8Array>;
  /** Decrypts it again. Rejects when the key is gone, or the wrapped key belongs to another place. */
  unwrap(wrapped: Uint8Array, keyId: string, place: SealedPlace): Promise<Uint8Array>;
  /** Learns of a rotation that another process made. Absent: there is nothing to learn. */
  refresh?(): Promise<void>;
  /** Keys the lookup hashes; kept apart from the keys above and never rotated: every hash would change. */
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
  return textOf({ version: 1, current: 'k1', keys: { k1: newKey() }, lookup: newKey() });
}

/**
 * Adds a key and makes it the current one. The former ones stay: what they protect must stay readable until `rewrapKeys` has
 * been through it.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the text is not a key ring.
 */
export function rotateKeyRing(text: string): string {
  const ring = readKeyRing(text);
  // Never an id that was there before, or that another machine gives at the same time: stored data needs the one key of this id.
  const numbers = Object.keys(ring.keys).map((id) => Number(/^k(\d+)/.exec(id)?.[1] ?? 0));
  const current = `k${Math.max(0, ...numbers) + 1}-${randomBytes(4).toString('hex')}`;
  return textOf({ ...ring, current, keys: { ...ring.keys, [current]: newKey() } });
}

/**
 * Takes a former key out. Do it when `rewrapKeys` says that nothing needs it, and keep the file that has it for as long as
 * you keep a backup of the database from before.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the text is not a key ring, or the key is the current one or none of it.
 */
export function dropKey(text: string, keyId: string): string {
  const ring = readKeyRing(text);
  if (keyId === ring.current || !(keyId in ring.keys)) {
    throw new ConfigurationError(`The key "${keyId}" is not a former key of the key file. Name one that is.`);
  }
  const keys = Object.entries(ring.keys).filter(([id]) => id !== keyId);
  return textOf({ ...ring, keys: Object.fromEntries(keys) });
}

/**
 * The ids of the keys in the text of a key file.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the text is not a key ring.
 */
export function keyIdsOf(text: string): { readonly current: string; readonly all: readonly string[] } {
  const { current, keys } = readKeyRing(text);
  return { current, all: Object.keys(keys) };
}

/**
 * A {@link KeyPort} over the text of a key file, as it is now. For tests and for processes that are all started again at a
 * rotation; otherwise {@link openKeyRing}.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the text is not a key ring.
 */
export function keyRingFromText(text: string): KeyPort {
  return new KeyRing(readKeyRing(text), async () => text);
}

/**
 * A {@link KeyPort} over a key file. When stored data needs a key that the file did not have, another process has rotated it:
 * then it is read again. So processes may be started again one after the other while all of them work.
 *
 * @param read gives the text of the file, such as `() => readFile(path, 'utf8')`.
 * @throws {ConfigurationError} `invalid_configuration` when the text is not a key ring.
 */
export async function openKeyRing(read: () => Promise<string>): Promise<KeyPort> {
  return new KeyRing(readKeyRing(await read()), read);
}

class KeyRing implements KeyPort {
  readonly lookupKey: Uint8Array;
  readonly #read: () => Promise<string>;
  #keys: ReadonlyMap<string, Uint8Array>;
  #current: string;

  constructor(ring: KeyRingFile, read: () => Promise<string>) {
    this.#read = read;
    this.lookupKey = Buffer.from(ring.lookup, 'base64url');
    this.#keys = keysOf(ring);
    this.#current = ring.current;
  }

  get currentKeyId(): string {
    return this.#current;
  }

  get keyIds(): readonly string[] {
    return [...this.#keys.keys()];
  }

  async wrap(dataKey: Uint8Array, keyId: string, place: SealedPlace): Promise<Uint8Array> {
    return seal(await this.#keyOf(keyId), dataKey, place);
  }

  async unwrap(wrapped: Uint8Array, keyId: string, place: SealedPlace): Promise<Uint8Array> {
    return openSealed(await this.#keyOf(keyId), wrapped, place);
  }

  async refresh(): Promise<void> {
    const ring = readKeyRing(await this.#read());
    if (!Buffer.from(ring.lookup, 'base64url').equals(this.lookupKey)) {
      throw new ConfigurationError('The key file belongs to another database. Put the former one back.');
    }
    this.#keys = keysOf(ring);
    this.#current = ring.current;
  }

  async #keyOf(keyId: string): Promise<Uint8Array> {
    if (!this.#keys.has(keyId)) await this.refresh();
    const key = this.#keys.get(keyId);
    if (key !== undefined) return key;
    throw new ConfigurationError(
      `The key file has no key "${keyId}", which stored data needs. Restore the key file that has it.`,
    );
  }
}

type KeyRingFile = z.output<typeof keyRingFile>;

function keysOf({ keys }: KeyRingFile): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64url')]));
}

function textOf(ring: KeyRingFile): string {
  return `${JSON.stringify(ring, null, 2)}\n`;
}

function newKey(): string {
  return randomBytes(32).toString('base64url');
}

function readKeyRing(text: string): KeyRingFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const parsed = keyRingFile.safeParse(content);
  if (parsed.success && parsed.data.current in parsed.data.keys) return parsed.data;
  throw new ConfigurationError(
    'The key file is not a key ring. Restore it from its backup; without it the stored personal data cannot be read.',
  );
}
