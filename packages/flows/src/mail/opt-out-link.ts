import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ClaimKey } from '../claims/claim-key.ts';
import type { FlowContext } from '../flow-context.ts';
import { tokenBytes } from '../keys/token-bytes.ts';

type LinkContext = Pick<FlowContext, 'issuer' | 'claimBaseUrl' | 'claimKeys'>;

/** Where a recipient stops reminders. It does nothing else, and opens no award. */
export function optOutUrl({ issuer, claimBaseUrl, claimKeys }: LinkContext, recipientId: string): string {
  const [newest] = claimKeys;
  if (newest === undefined) throw new Error('An add flow without a claim key cannot start.');
  return `${claimBaseUrl}/opt-out/${recipientId}/${token(newest, issuer, recipientId).toString('base64url')}`;
}

/** One click in the mail reader (RFC 2369, RFC 8058). */
export function optOutHeaders(url: string): Readonly<Record<string, string>> {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

/** Whose link a path is; `undefined`: nobody's. */
export function recipientOfOptOut(
  { issuer, claimBaseUrl, claimKeys }: LinkContext,
  path: string,
): string | undefined {
  const base = new URL(claimBaseUrl).pathname.replace(/\/$/, '');
  if (!path.startsWith(`${base}/opt-out/`)) return undefined;
  const rest = path.slice(`${base}/opt-out/`.length);
  const [, recipientId, given] = /^([A-Za-z0-9_-]{1,64})\/([A-Za-z0-9_-]{43})$/.exec(rest) ?? [];
  if (recipientId === undefined || given === undefined) return undefined;
  const presented = tokenBytes(given);
  if (presented === undefined) return undefined;
  const right = claimKeys.some((key) => timingSafeEqual(token(key, issuer, recipientId), presented));
  return right ? recipientId : undefined;
}

function token(key: ClaimKey, issuer: string, recipientId: string): Buffer {
  const hmac = createHmac('sha256', key.bytes).update('seek-pass-kit opt-out v1');
  for (const field of [issuer, recipientId]) hmac.update(`:${Buffer.byteLength(field)}:${field}`);
  return hmac.digest();
}
