import type { FlowContext } from '../flow-context.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import { openSealed, seal } from '../keys/seal.ts';

/** The key of one run, as it is stored: wrapped by the keys of the flow. Delete it, and what the run sealed is gone for good. */
export interface WrappedRunKey {
  readonly wrappedKey: Uint8Array;
  readonly keyId: string;
}

/** What a run keeps of its input between its dry run and its end: sealed, as personal data is (security rule 16). */
export interface RunVault {
  /** Seals a value for its place in the run, such as `row 17`; it opens nowhere else. */
  seal(place: string, value: Uint8Array): Uint8Array;
  /** Throws for what was not sealed for this place of this run. */
  open(place: string, sealed: Uint8Array): Uint8Array;
  /** What two equal texts of this run have in common, and nobody without the key can try out. */
  fingerprint(text: string): string;
}

/** Makes the key of a new run. */
export async function createRunKey(context: FlowContext, runId: string): Promise<WrappedRunKey> {
  const { keys } = context.records;
  const keyId = keys.currentKeyId;
  return { wrappedKey: await keys.wrap(freshBytes(32), keyId, keyPlace(context, runId)), keyId };
}

/** Opens what a run sealed. Rejects when its key was dropped from the key file. */
export async function openRunVault(
  context: FlowContext,
  runId: string,
  { wrappedKey, keyId }: WrappedRunKey,
): Promise<RunVault> {
  const { issuer, records } = context;
  const key = await records.keys.unwrap(wrappedKey, keyId, keyPlace(context, runId));
  const placed = (column: string) => ({ issuer, row: runId, column });
  return {
    seal: (place, value) => seal(key, value, placed(place)),
    open: (place, sealed) => openSealed(key, sealed, placed(place)),
    fingerprint: (text) =>
      Buffer.from(lookupHash(key, issuer, 'run_row', text).subarray(0, 16)).toString('base64url'),
  };
}

function keyPlace({ issuer }: FlowContext, runId: string) {
  return { issuer, row: runId, column: 'run_key' };
}
