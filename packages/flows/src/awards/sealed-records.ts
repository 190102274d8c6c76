import type { FileNote } from '../documents/award-file.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import type { KeyPort } from '../keys/key-ring.ts';
import { openSealed, seal } from '../keys/seal.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import type { Recipient } from './recipient.ts';

/** What an award's sealed column holds. */
export interface SealedAward {
  /** The host's own name of this award: unique per issuer. */
  readonly key: string;
  /** As core takes it. */
  readonly credential: unknown;
  /** What goes with it; the bytes are stored apart. */
  readonly file?: FileNote;
}

/** Thrown for a recipient whose key was destroyed: the person was erased. */
export class RecipientErased extends Error {
  override readonly name = 'RecipientErased';
}

/**
 * Seals personal data before it is written and opens it after it was read. Every recipient has a key of its own, wrapped
 * by the key port: destroying it makes everything of this person unreadable, wherever a copy is.
 */
export class SealedRecords {
  readonly #keys: KeyPort;

  constructor(keys: KeyPort) {
    this.#keys = keys;
  }

  /** What wraps the keys of recipients, and of everything else that has a key of its own. */
  get keys(): KeyPort {
    return this.#keys;
  }

  /** A new data key, clear and wrapped. Wipe nothing yourself: it lives as long as the call that uses it. */
  async newDataKey(
    issuer: string,
    recipientId: string,
  ): Promise<{ dataKey: Uint8Array; wrappedKey: Uint8Array; keyId: string }> {
    const dataKey = freshBytes(32);
    const keyId = this.#keys.currentKeyId;
    const place = { issuer, row: recipientId, column: 'wrapped_key' };
    return { dataKey, wrappedKey: await this.#keys.wrap(dataKey, keyId, place), keyId };
  }

  /** Learns of a rotation that another process made. */
  async refreshKeys(): Promise<void> {
    await this.#keys.refresh?.();
  }

  /** The key that data keys are wrapped with now. */
  get currentKeyId(): string {
    return this.#keys.currentKeyId;
  }

  /**
   * The row with its data key wrapped by the current key; what is sealed with the data key stays as it is.
   *
   * @throws {RecipientErased} when the key was destroyed.
   */
  async rewrap(row: RecipientRow): Promise<RecipientRow> {
    const dataKey = await this.dataKeyOf(row);
    const keyId = this.#keys.currentKeyId;
    const place = { issuer: row.issuer, row: row.id, column: 'wrapped_key' };
    return { ...row, keyId, wrappedKey: await this.#keys.wrap(dataKey, keyId, place) };
  }

  /** @throws {RecipientErased} when the key was destroyed. */
  async dataKeyOf(row: RecipientRow): Promise<Uint8Array> {
    if (row.wrappedKey === null)
      throw new RecipientErased('The recipient was erased: nothing of this person can be read or issued.');
    return this.#keys.unwrap(row.wrappedKey, row.keyId, {
      issuer: row.issuer,
      row: row.id,
      column: 'wrapped_key',
    });
  }

  /** Every key of the key file that this process knows of. Only the current one, where the key port does not tell. */
  get keyIds(): readonly string[] {
    return this.#keys.keyIds ?? [this.#keys.currentKeyId];
  }

  sealPerson(dataKey: Uint8Array, issuer: string, recipientId: string, person: Recipient): Uint8Array {
    return sealJson(dataKey, person, { issuer, row: recipientId, column: 'sealed_person' });
  }

  openPerson(dataKey: Uint8Array, row: RecipientRow): Recipient {
    return openJson(dataKey, row.sealedPerson, {
      issuer: row.issuer,
      row: row.id,
      column: 'sealed_person',
    }) as Recipient;
  }

  sealAward(dataKey: Uint8Array, issuer: string, awardId: string, content: SealedAward): Uint8Array {
    return sealJson(dataKey, content, { issuer, row: awardId, column: 'sealed_credential' });
  }

  openAward(dataKey: Uint8Array, row: AwardRow): SealedAward {
    return openJson(dataKey, row.sealedCredential, {
      issuer: row.issuer,
      row: row.id,
      column: 'sealed_credential',
    }) as SealedAward;
  }
}

function sealJson(dataKey: Uint8Array, value: unknown, place: Parameters<typeof seal>[2]): Uint8Array {
  return seal(dataKey, Buffer.from(JSON.stringify(value), 'utf8'), place);
}

/** The ciphertext is authenticated: what opens is what we sealed, in the shape we gave it. */
function openJson(dataKey: Uint8Array, sealed: Uint8Array, place: Parameters<typeof seal>[2]): unknown {
  return JSON.parse(Buffer.from(openSealed(dataKey, sealed, place)).toString('utf8')) as unknown;
}
