import { ConfigurationError } from '@seek-pass-kit/core';
import type { SealedRecords } from '../awards/sealed-records.ts';
import type { StoreReads } from '../store/ports.ts';

/**
 * Makes sure that what is wrapped from here on is not wrapped with a key that is about to be destroyed: another process may have
 * rotated the key file. Ask before every new data key.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the key file of this process is from before the rotation.
 */
export async function learnCurrentKey(
  {
    issuer,
    records,
  }: { readonly issuer: string; readonly records: Pick<SealedRecords, 'currentKeyId' | 'refreshKeys'> },
  reads: Pick<StoreReads, 'isKeyRetired'>,
): Promise<void> {
  if (!(await reads.isKeyRetired(issuer, records.currentKeyId))) return;
  await records.refreshKeys();
  if (!(await reads.isKeyRetired(issuer, records.currentKeyId))) return;
  throw new ConfigurationError(
    `The key "${records.currentKeyId}" was retired by a rotation that this process has not heard of: give it the rotated key file.`,
  );
}
