import type { VerifyRequestInput } from '@seek-pass-kit/core';
import { freshBytes } from '../keys/fresh-bytes.ts';
import type { KeyPort } from '../keys/key-ring.ts';
import { openSealed, seal } from '../keys/seal.ts';
import type { VerificationRow } from '../store/verifications.ts';
import type { ExpectedPerson } from './judge-person.ts';

/** What the sealed details of a verification hold. */
export interface VerificationDetails {
  /** The host's own name of it. */
  readonly reference: string;
  /** A path of the host. */
  readonly returnTo?: string;
  readonly metadata?: NonNullable<VerifyRequestInput['metadata']>;
  readonly request_source?: NonNullable<VerifyRequestInput['request_source']>;
}

/** What each sealed column holds. */
interface SealedColumns {
  readonly sealed_details: VerificationDetails;
  readonly sealed_expected: ExpectedPerson;
  readonly sealed_answer: Readonly<Record<string, unknown>>;
}

/** Names a verification as the place of a sealed value. */
type RowName = Pick<VerificationRow, 'issuer' | 'id'>;

/**
 * Seals what is personal in a verification before it is written and opens it after it was read. Every verification has a key of its own,
 * wrapped by the key port: destroying it makes all of it unreadable, wherever a copy is.
 */
export class SealedVerifications {
  readonly #keys: KeyPort;

  constructor(keys: KeyPort) {
    this.#keys = keys;
  }

  /** What wraps the keys of verifications. */
  get keys(): KeyPort {
    return this.#keys;
  }

  /** The key that data keys are wrapped with now. */
  get currentKeyId(): string {
    return this.#keys.currentKeyId;
  }

  /** A new data key, clear and wrapped. */
  async newDataKey(
    row: RowName,
  ): Promise<{ readonly dataKey: Uint8Array; readonly wrappedKey: Uint8Array; readonly keyId: string }> {
    const dataKey = freshBytes(32);
    const keyId = this.#keys.currentKeyId;
    return { dataKey, wrappedKey: await this.#keys.wrap(dataKey, keyId, wrappedPlace(row)), keyId };
  }

  /** `undefined`: the key was destroyed. */
  async dataKeyOf(row: VerificationRow): Promise<Uint8Array | undefined> {
    const { wrappedKey, keyId } = row;
    return wrappedKey === null ? undefined : this.#keys.unwrap(wrappedKey, keyId, wrappedPlace(row));
  }

  /** The row with its data key wrapped by the current key; what is sealed with the data key stays as it is. */
  async rewrap(row: VerificationRow): Promise<VerificationRow> {
    const dataKey = await this.dataKeyOf(row);
    if (dataKey === undefined) return row;
    const keyId = this.#keys.currentKeyId;
    return { ...row, keyId, wrappedKey: await this.#keys.wrap(dataKey, keyId, wrappedPlace(row)) };
  }

  seal<Column extends keyof SealedColumns>(
    dataKey: Uint8Array,
    { issuer, id }: RowName,
    column: Column,
    value: SealedColumns[Column],
  ): Uint8Array {
    return seal(dataKey, Buffer.from(JSON.stringify(value), 'utf8'), { issuer, row: id, column });
  }

  /** The ciphertext is authenticated: what opens is what was sealed there, in its shape. */
  open<Column extends keyof SealedColumns>(
    dataKey: Uint8Array,
    { issuer, id }: RowName,
    column: Column,
    sealed: Uint8Array,
  ): SealedColumns[Column] {
    const plain = openSealed(dataKey, sealed, { issuer, row: id, column });
    return JSON.parse(Buffer.from(plain).toString('utf8')) as SealedColumns[Column];
  }
}

function wrappedPlace({ issuer, id }: RowName) {
  return { issuer, row: id, column: 'wrapped_key_of_verification' };
}
