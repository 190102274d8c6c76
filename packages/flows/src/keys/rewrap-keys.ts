import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';
import { rewrapEndpoint } from '../inbox/sealed-endpoint.ts';
import type { StoreTransaction } from '../store/ports.ts';
import { SealedVerifications } from '../verify/sealed-verifications.ts';

/** How to go through the stored keys. */
export interface RewrapOptions {
  /** Ends after the page at hand; beginning again goes on with what is left. */
  readonly signal?: AbortSignal;
  /** Who asked for it, for the audit trail: the host's id of a member of staff. Default `system`. */
  readonly who?: string;
}

/** What was brought under the current key, and what is not. */
export interface RewrapReport {
  /** How many keys were wrapped anew: of recipients, verifications and webhook endpoints. */
  readonly rewrapped: number;
  readonly currentKeyId: string;
  /**
   * Former keys that stored data still needs, with the number of recipients, verifications and webhook endpoints of each. Empty: drop
   * the former keys with `dropKey`, once every process has been started again since the rotation.
   */
  readonly stillNeeded: Readonly<Record<string, number>>;
}

const pageSize = 200;

/**
 * Wraps every key of a recipient, a verification and a webhook endpoint with the current key of the key file, page by page, while
 * everything else goes on: what changes or is erased meanwhile is looked at again. Run it after `rotateKeyRing`, as often as you like.
 * What is sealed with these keys is not encrypted anew.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the key file lacks a key that stored data needs.
 */
export async function rewrapKeys(
  context: FlowContext,
  { signal, who = 'system' }: RewrapOptions = {},
): Promise<RewrapReport> {
  const { records } = context;
  await records.refreshKeys();
  let rewrapped = 0;
  for (const rewrapPage of [rewrapRecipients, rewrapVerifications, rewrapEndpoints]) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page: RewrappedPage = await rewrapPage(context, after, who);
      rewrapped += page.rewrapped;
      after = signal?.aborted === true ? undefined : page.last;
    }
  }
  return { rewrapped, currentKeyId: records.currentKeyId, stillNeeded: await countStillNeeded(context) };
}

/** `last` is absent when there was nothing more. */
interface RewrappedPage {
  readonly rewrapped: number;
  readonly last?: string;
}

function rewrapRecipients(context: FlowContext, after: string, who: string): Promise<RewrappedPage> {
  const { issuer, records } = context;
  return asPage(context, who, async (tx) => {
    const rows = await tx.recipientsUnderOtherKeys(issuer, records.currentKeyId, after, pageSize);
    for (const row of rows) await tx.updateRecipient(await records.rewrap(row), row);
    return rows;
  });
}

function rewrapVerifications(context: FlowContext, after: string, who: string): Promise<RewrappedPage> {
  const { issuer, records } = context;
  const sealed = new SealedVerifications(records.keys);
  return asPage(context, who, async (tx) => {
    const rows = await tx.verificationsUnderOtherKeys(issuer, records.currentKeyId, after, pageSize);
    for (const row of rows) await tx.updateVerification(await sealed.rewrap(row));
    return rows;
  });
}

/** An issuer has a few of them. */
function rewrapEndpoints(context: FlowContext, _after: string, who: string): Promise<RewrappedPage> {
  const { issuer, records } = context;
  return asPage(context, who, async (tx) => {
    const rows = await tx.webhookEndpoints(issuer);
    const others = rows.filter(({ keyId }) => keyId !== records.currentKeyId);
    for (const row of others) await tx.putWebhookEndpoint(await rewrapEndpoint(records.keys, row));
    return others;
  });
}

async function asPage(
  { issuer, store, records, clock }: FlowContext,
  who: string,
  rewrap: (tx: StoreTransaction) => Promise<ReadonlyArray<{ readonly id: string }>>,
): Promise<RewrappedPage> {
  const rows = await decideAnew(store, async (tx) => {
    const rewrapped = await rewrap(tx);
    const line = {
      issuer,
      at: clock.now(),
      who,
      what: 'keys_rewrapped',
      about: `key:${records.currentKeyId}`,
    };
    if (rewrapped.length > 0) await tx.appendAudit([{ ...line, why: `keys: ${rewrapped.length}` }]);
    return rewrapped;
  });
  const last = rows.at(-1)?.id;
  return last === undefined ? { rewrapped: 0 } : { rewrapped: rows.length, last };
}

async function countStillNeeded({ issuer, store, records }: FlowContext): Promise<Record<string, number>> {
  const needed = new Map<string, number>();
  const count = (keyId: string, number: number) => {
    if (keyId !== records.currentKeyId) needed.set(keyId, (needed.get(keyId) ?? 0) + number);
  };
  const counts = [await store.read.countByKey(issuer), await store.read.countVerificationsByKey(issuer)];
  for (const [keyId, number] of counts.flatMap((one) => Object.entries(one))) count(keyId, number);
  for (const { keyId } of await store.read.webhookEndpoints(issuer)) count(keyId, 1);
  return Object.fromEntries(needed);
}
