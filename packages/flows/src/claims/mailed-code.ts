import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { ClaimSecrets } from './claim-secrets.ts';

/** How long a mailed code counts. */
export const codeLifeMs = 15 * 60_000;

/** A new code: eight digits. */
export function newCode(): string {
  return String(randomInt(100_000_000)).padStart(8, '0');
}

/** The digits of a typed code, in whatever width and grouping; `undefined` when it cannot be one. */
export function typedCode(text: string): string | undefined {
  const digits = text.slice(0, 40).normalize('NFKC').replaceAll(/[\s-]/g, '');
  return /^\d{8}$/.test(digits) ? digits : undefined;
}

/** What a code is bound to (security rule 7). */
export interface CodeBinding {
  readonly issuer: string;
  readonly awardId: string;
  readonly emailHash: Uint8Array;
  readonly sessionHash: Uint8Array;
}

/** What the store keeps of a code. */
export function codeHash(secrets: readonly ClaimSecrets[], binding: CodeBinding, code: string): Uint8Array {
  const [newest] = secrets;
  if (newest === undefined) throw new Error('An add flow without a claim key cannot start.');
  return hashWith(newest, binding, code);
}

/** Whether this is the code, in constant time. */
export function isCode(
  secrets: readonly ClaimSecrets[],
  binding: CodeBinding,
  code: string,
  stored: Uint8Array,
): boolean {
  return secrets.some((secret) => timingSafeEqual(hashWith(secret, binding, code), stored));
}

/** Fields are length-prefixed: no two different bindings can spell the same text. */
function hashWith(secret: ClaimSecrets, binding: CodeBinding, code: string): Buffer {
  const { issuer, awardId, emailHash, sessionHash } = binding;
  const hmac = createHmac('sha256', secret.code);
  for (const field of [
    Buffer.from(issuer),
    Buffer.from(awardId),
    emailHash,
    sessionHash,
    Buffer.from(code),
  ]) {
    hmac.update(`:${field.byteLength}:`).update(field);
  }
  return hmac.digest();
}
