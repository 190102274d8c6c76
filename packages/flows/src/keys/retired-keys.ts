import { ConfigurationError } from '@seek-pass-kit/core';
import type { StoreReads } from '../store/ports.ts';
import type { KeyPort } from './key-ring.ts';

/**
 * Makes sure that what is wrapped from here on is not wrapped with a key that is about to be destroyed: another process may have
 * rotated the key file. Ask before every new data key.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the key file of this process is from before the rotation.
 */
export async function learnCurrentKey(
  issuer: string,
  keys: Pick<KeyPort, 'currentKeyId' | 'refresh'>,
  reads: Pick<StoreReads, 'isKeyRetired'>,
): Promise<void> {
  if (!(await reads.isKeyRetired(issuer, keys.currentKeyId))) return;
  await keys.refresh?.();
  if (!(await reads.isKeyRetired(issuer, keys.currentKeyId))) return;
  throw new ConfigurationError(
    `The key "${keys.currentKeyId}" was retired by a rotation that this process has not heard of: give it the rotated key file.`,
  );
}
