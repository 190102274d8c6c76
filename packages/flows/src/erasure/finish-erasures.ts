import { ConfigurationError } from '@seek-pass-kit/core';
import type { AddFlow } from '../add-flow.ts';
import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';
import { dropKey, keyIdsOf, rotateKeyRing } from '../keys/key-ring.ts';
import { rewrapKeys } from '../keys/rewrap-keys.ts';

/** The text of the key file, where the flows read it, and how it is replaced: as a whole, for its owner only. */
export interface KeyFile {
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

/** What is finished, by whom, and with which key file. */
export interface FinishRequest {
  readonly keyFile: KeyFile;
  /** The host's id of the member of staff, or `system`. */
  readonly who: string;
  /**
   * Ends after the key file was rotated, and destroys nothing: for processes on other machines, which have a key file of their own. Give
   * them the rotated one, then finish.
   */
  readonly onlyRotate?: boolean;
}

/**
 * - `nothing_pending`: no erasure waits for its keys to go.
 * - `rotated`: the key file has a new key, and the former ones still.
 * - `keys_dropped`: the former keys are gone from the key file, and these erasures are complete when its backups have expired.
 */
export type FinishReport =
  | { readonly outcome: 'nothing_pending' }
  | { readonly outcome: 'rotated'; readonly currentKeyId: string }
  | {
      readonly outcome: 'keys_dropped';
      readonly erasures: number;
      readonly droppedKeyIds: readonly string[];
      /** How many keys of people and of other data were wrapped anew. */
      readonly rewrapped: number;
      readonly completeAt: number;
    };

const mostErasures = 100_000;
const dayMs = 24 * 3_600_000;

/**
 * Destroys the keys with which restored backups could still be read: rotates the key file, brings everything that is kept under the new
 * key, and takes the former keys out. Other processes go on working, as long as they read the same file. It may be cut off anywhere and
 * run again. Of two runs at the same time at most one destroys keys.
 *
 * @param flows of every issuer whose key file this is; started, and with `openKeyRing` over it.
 * @throws {ConfigurationError} `invalid_configuration` when a flow reads its keys elsewhere, or something still needs a former key.
 */
export async function finishErasures(
  flows: readonly AddFlow[],
  { keyFile, who, onlyRotate = false }: FinishRequest,
): Promise<FinishReport> {
  const contexts = flows.map(({ context }) => context);
  const pending = await Promise.all(
    contexts.map(({ store, issuer }) => store.read.erasuresWithKeys(issuer, mostErasures)),
  );
  const needed = new Set(pending.flat().flatMap(({ keyIds }) => keyIds));
  if (needed.size === 0) return { outcome: 'nothing_pending' };

  const currentKeyId = await rotatePast(needed, keyFile);
  for (const context of contexts) await learn(context, currentKeyId);
  if (onlyRotate) return { outcome: 'rotated', currentKeyId };
  let rewrapped = 0;
  for (const context of contexts) rewrapped += await bringUnder(context, currentKeyId, who);
  const droppedKeyIds = await dropFormerKeys(keyFile, currentKeyId);
  let erasures = 0;
  for (const context of contexts) {
    await context.records.refreshKeys();
    const left = new Set(context.records.keyIds);
    erasures += await recordDropped(context, who, (id) => !left.has(id));
  }
  const longest = Math.max(
    ...contexts.map(({ clock, keyBackupDays }) => clock.now() + keyBackupDays * dayMs),
  );
  return { outcome: 'keys_dropped', erasures, droppedKeyIds, rewrapped, completeAt: longest };
}

/** A key that none of the erased data was ever under; where a former run got so far, the one that it made. */
async function rotatePast(needed: ReadonlySet<string>, keyFile: KeyFile): Promise<string> {
  const text = await keyFile.read();
  const { current } = keyIdsOf(text);
  if (!needed.has(current)) return current;
  const rotated = rotateKeyRing(text);
  await keyFile.write(rotated);
  return keyIdsOf(rotated).current;
}

async function learn({ records }: FlowContext, currentKeyId: string): Promise<void> {
  await records.refreshKeys();
  if (records.currentKeyId === currentKeyId) return;
  throw new ConfigurationError(
    'The flow does not read its keys from this key file: open it with openKeyRing over the file that is rotated.',
  );
}

/** From here on nobody wraps anything with a former key, whichever process; then what there is comes under the current one. */
async function bringUnder(context: FlowContext, currentKeyId: string, who: string): Promise<number> {
  const { issuer, store, records } = context;
  const former = records.keyIds.filter((id) => id !== currentKeyId);
  await decideAnew(store, async (tx) => {
    await tx.lockErasures(issuer);
    await tx.retireKeys(issuer, former);
  });
  const { rewrapped, stillNeeded } = await rewrapKeys(context, { who });
  const [needed] = Object.keys(stillNeeded);
  if (needed === undefined) return rewrapped;
  throw new ConfigurationError(
    `Stored data still needs the key "${needed}" of the key file: nothing was destroyed. Run it again.`,
  );
}

async function dropFormerKeys(keyFile: KeyFile, currentKeyId: string): Promise<string[]> {
  const text = await keyFile.read();
  const { current, all } = keyIdsOf(text);
  if (current !== currentKeyId) {
    throw new ConfigurationError(
      'The key file was rotated once more meanwhile: nothing was destroyed. Run it again when nobody else does.',
    );
  }
  const former = all.filter((id) => id !== current);
  if (former.length > 0) await keyFile.write(former.reduce(dropKey, text));
  return former;
}

/** Keys that were destroyed where they were kept, and who says so. */
export interface DestroyedKeys {
  readonly keyIds: readonly string[];
  /** The host's id of the member of staff, or `system`. */
  readonly who: string;
}

/**
 * For keys that are not in a key file: says that a key management service has destroyed them, so that erasures which waited for it go on.
 * Rotate there first, start all processes again, and call `rewrapKeys`. Gives the number of erasures.
 *
 * @throws {ConfigurationError} `invalid_configuration` when stored data still needs one of them.
 */
export async function keysDestroyed(context: FlowContext, { keyIds, who }: DestroyedKeys): Promise<number> {
  const { stillNeeded } = await rewrapKeys(context, { who });
  const needed = keyIds.find((id) => id in stillNeeded || id === context.records.currentKeyId);
  if (needed !== undefined) {
    throw new ConfigurationError(
      `Stored data still needs the key "${needed}": rotate the keys, and destroy it when rewrapKeys names it no more.`,
    );
  }
  const destroyed = new Set(keyIds);
  return recordDropped(context, who, (id) => destroyed.has(id));
}

/** Notes that the keys of erasures are gone. Gives their number. */
function recordDropped(
  { issuer, store, clock }: FlowContext,
  who: string,
  isGone: (keyId: string) => boolean,
): Promise<number> {
  return decideAnew(store, async (tx) => {
    const at = clock.now();
    const waiting = await tx.erasuresWithKeys(issuer, mostErasures);
    const done = waiting.filter(({ keyIds }) => keyIds.every(isGone)).map(({ id }) => id);
    await tx.recordKeysDropped(issuer, done, at);
    await tx.appendAudit(
      done.map((id) => ({
        issuer,
        at,
        who,
        what: 'erasure_keys_dropped',
        about: `erasure:${id}`,
        why: null,
      })),
    );
    return done.length;
  });
}
