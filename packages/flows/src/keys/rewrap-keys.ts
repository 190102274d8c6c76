import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';

/** How to go through the stored keys. */
export interface RewrapOptions {
  /** Ends after the page at hand; beginning again goes on with what is left. */
  readonly signal?: AbortSignal;
}

/** What was brought under the current key, and what is not. */
export interface RewrapReport {
  /** How many recipients' keys were wrapped anew. */
  readonly rewrapped: number;
  readonly currentKeyId: string;
  /**
   * Former keys that stored data still needs, with the number of recipients of each. Empty: drop the former keys with
   * `dropKey`, once every process has been started again since the rotation.
   */
  readonly stillNeeded: Readonly<Record<string, number>>;
}

const pageSize = 200;

/**
 * Wraps every recipient's own key with the current key of the key file, page by page, while everything else goes on: a
 * recipient that changes or is erased meanwhile is looked at again. Run it after `rotateKeyRing`, as often as you like.
 * Names, addresses and credentials are not encrypted anew, their keys are.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the key file lacks a key that stored data needs.
 */
export async function rewrapKeys(
  context: FlowContext,
  { signal }: RewrapOptions = {},
): Promise<RewrapReport> {
  const { issuer, store, records } = context;
  await records.refreshKeys();
  let rewrapped = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page = await rewrapPage(context, after);
    rewrapped += page.rewrapped;
    after = signal?.aborted === true ? undefined : page.last;
  }
  const { [records.currentKeyId]: _, ...stillNeeded } = await store.read.countByKey(issuer);
  return { rewrapped, currentKeyId: records.currentKeyId, stillNeeded };
}

/** `last` is absent when there was nothing more. */
function rewrapPage(
  { issuer, store, records }: FlowContext,
  after: string,
): Promise<{ rewrapped: number; last?: string }> {
  return decideAnew(store, async (tx) => {
    const rows = await tx.recipientsUnderOtherKeys(issuer, records.currentKeyId, after, pageSize);
    for (const row of rows) await tx.updateRecipient(await records.rewrap(row), row);
    const last = rows.at(-1)?.id;
    return last === undefined ? { rewrapped: 0 } : { rewrapped: rows.length, last };
  });
}
