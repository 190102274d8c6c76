import { createHmac } from 'node:crypto';
import { checkNamespace, ConfigurationError, type NamespaceBinding } from '@seek-pass-kit/core';
import { decideAnew } from './awards/decide-anew.ts';
import { checkClaimKeys } from './claims/claim-key.ts';
import type { FlowContext } from './flow-context.ts';
import type { IssuerRow } from './store/rows.ts';

/**
 * Compares the settings with what the issuer's stored data is bound to, and binds it on the first start. Nothing of the
 * flow may run before: other secrets would make other submission ids, dead links, or look up nothing. Of processes that start for
 * the first time at once, one binds and the others are compared with it.
 *
 * @throws {ConfigurationError} `invalid_configuration` when namespace, key file or claim key are not those of this database.
 */
export async function bindIssuer(context: FlowContext, binding: NamespaceBinding): Promise<void> {
  const { issuer, store, clock } = context;
  await decideAnew(store, async (tx) => {
    const stored = await tx.issuer(issuer);
    const row = compare(context, binding, stored);
    await tx.putIssuer(row, stored);
    const line = { issuer, at: clock.now(), who: 'system', about: null, why: null };
    await tx.appendAudit(changesOf(row, stored).map((what) => ({ ...line, what })));
  });
}

/** What the audit trail says of a start. */
function changesOf(row: IssuerRow, stored: IssuerRow | undefined): string[] {
  if (stored === undefined) return ['issuer_bound'];
  return [
    ...(row.claimKeyFingerprint === stored.claimKeyFingerprint ? [] : ['claim_key_changed']),
    ...(row.clientId === stored.clientId ? [] : ['client_id_changed']),
  ];
}

/**
 * Compares as {@link bindIssuer} does, and changes nothing.
 *
 * @throws {ConfigurationError} as {@link bindIssuer}.
 */
export async function checkBinding(
  context: FlowContext,
  binding: NamespaceBinding,
): Promise<'bound' | 'first_start'> {
  const stored = await context.store.read.issuer(context.issuer);
  compare(context, binding, stored);
  return stored === undefined ? 'first_start' : 'bound';
}

/** What is to be stored of the issuer, when its settings belong to what is. */
function compare(
  { issuer, namespace, lookupKey, claimKeys }: FlowContext,
  binding: NamespaceBinding,
  stored: IssuerRow | undefined,
): IssuerRow {
  checkNamespace(namespace, binding);
  const namespaceFingerprint = fingerprintOf(namespace, lookupKey);
  if (stored !== undefined && stored.namespaceFingerprint !== namespaceFingerprint) {
    throw new ConfigurationError(
      `The database of issuer ${issuer} was made with another namespace of submission ids or another key file: restore those that belong to it, or connect the right database.`,
    );
  }
  checkClaimKeys(claimKeys, stored?.claimKeyFingerprint);
  const claimKeyFingerprint = claimKeys[0]?.fingerprint ?? '';
  return { issuer, clientId: binding.clientId, namespaceFingerprint, claimKeyFingerprint };
}

/**
 * Of the secret part of the namespace and of the lookup key together: both must stay what they were. The part that binds
 * the namespace to a client is left out: `bindNamespace` of core may change that deliberately.
 */
function fingerprintOf(namespace: string, lookupKey: Uint8Array): string {
  const secret = namespace.split('.')[1] ?? '';
  return createHmac('sha256', lookupKey)
    .update(`namespace fingerprint:${secret}`)
    .digest('base64url')
    .slice(0, 22);
}
