import { freshBytes } from '../keys/fresh-bytes.ts';
import type { KeyPort } from '../keys/key-ring.ts';
import { openSealed, seal, type SealedPlace } from '../keys/seal.ts';
import type { WebhookEndpointRow } from '../store/inbox.ts';

/** A secret that signs events. */
export interface WebhookSecret {
  readonly secret: string;
  /** When we got it. */
  readonly since: number;
  /** Until when it is accepted after the next one came; `null`: it is the newest. */
  readonly until: number | null;
}

/** An endpoint with what it seals. */
export interface OpenEndpoint {
  readonly row: WebhookEndpointRow;
  readonly dataKey: Uint8Array;
  /** Newest first. */
  readonly secrets: readonly WebhookSecret[];
}

/** The row of a new endpoint, not stored yet. Its data key is its own. */
export async function sealEndpoint(
  keys: KeyPort,
  { issuer, id, url, createdAt }: Pick<WebhookEndpointRow, 'issuer' | 'id' | 'url' | 'createdAt'>,
  secrets: readonly WebhookSecret[],
): Promise<WebhookEndpointRow> {
  const dataKey = freshBytes(32);
  const keyId = keys.currentKeyId;
  const named = { issuer, id };
  return {
    issuer,
    id,
    url,
    wrappedKey: await keys.wrap(dataKey, keyId, placeOf(named, 'wrapped_key')),
    keyId,
    sealedSecrets: sealSecrets(dataKey, named, secrets),
    rotation: null,
    createdAt,
    revision: 0,
  };
}

/** Opens what an endpoint seals. */
export async function openEndpoint(keys: KeyPort, row: WebhookEndpointRow): Promise<OpenEndpoint> {
  const dataKey = await keys.unwrap(row.wrappedKey, row.keyId, placeOf(row, 'wrapped_key'));
  const text = Buffer.from(openSealed(dataKey, row.sealedSecrets, placeOf(row, 'sealed_secrets')));
  // The ciphertext is authenticated: what opens is what we sealed.
  return { row, dataKey, secrets: JSON.parse(text.toString('utf8')) as WebhookSecret[] };
}

/** The row with other secrets. */
export function withSecrets(
  { row, dataKey }: OpenEndpoint,
  secrets: readonly WebhookSecret[],
): WebhookEndpointRow {
  return { ...row, sealedSecrets: sealSecrets(dataKey, row, secrets) };
}

/** The row with its data key wrapped by the current key of the key file. */
export async function rewrapEndpoint(keys: KeyPort, row: WebhookEndpointRow): Promise<WebhookEndpointRow> {
  const place = placeOf(row, 'wrapped_key');
  const dataKey = await keys.unwrap(row.wrappedKey, row.keyId, place);
  const keyId = keys.currentKeyId;
  return { ...row, keyId, wrappedKey: await keys.wrap(dataKey, keyId, place) };
}

type Named = Pick<WebhookEndpointRow, 'issuer' | 'id'>;

function sealSecrets(dataKey: Uint8Array, named: Named, secrets: readonly WebhookSecret[]): Uint8Array {
  return seal(dataKey, Buffer.from(JSON.stringify(secrets), 'utf8'), placeOf(named, 'sealed_secrets'));
}

function placeOf({ issuer, id }: Named, column: string): SealedPlace {
  return { issuer, row: `webhook:${id}`, column };
}
