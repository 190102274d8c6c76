import { timingSafeEqual } from 'node:crypto';
import { payloadHash } from '../awards/payload-hash.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { isUnknownRequest, readAnswer } from './learn-result.ts';
import { isReleased, type Verdict, verificationStandingOf } from './verification-facts.ts';
import type { VerifiedIdentity } from './verified-identity.ts';
import type { VerifyContext } from './verify-context.ts';

/**
 * Who it was.
 *
 * - `identity`: SEEK Pass verified this person, in the browser that started.
 * - `held`: it verified somebody, and nobody gets the result (security rule 14).
 * - `not_verified`: nobody was verified (yet).
 * - `unreadable`: the answer could not be read; see `readIdentity`.
 * - `changed`: SEEK Pass answers with another person now than the one that was decided on. Tell nobody anything, and ask SEEK Pass.
 * - `gone`: redacted, or SEEK Pass does not know it any more.
 */
export type VerificationResult =
  | { readonly outcome: 'identity'; readonly verdict: Verdict; readonly identity: VerifiedIdentity }
  | {
      readonly outcome: 'held' | 'not_verified' | 'unreadable' | 'changed' | 'gone' | 'unknown_verification';
    };

/**
 * Gives the person of a released result: from the answer that was kept, else from SEEK Pass, whose answer counts only when it names the
 * person that was decided on. For pages of the host that the person or authorised staff sees; it is stored nowhere by this.
 *
 * @throws {SeekPassError} when SEEK Pass has to be asked and does not answer.
 */
export async function verificationResult(
  context: VerifyContext,
  verificationId: string,
): Promise<VerificationResult> {
  const { issuer, store } = context;
  const row = await store.read.verification(issuer, verificationId);
  if (row === undefined) return { outcome: 'unknown_verification' };
  const { facts, answerHash } = row;
  if (facts.redactedAt !== undefined) return { outcome: 'gone' };
  const { decision } = verificationStandingOf(facts);
  if (!isReleased(facts) || decision === undefined) {
    return { outcome: facts.outcome === 'verified' ? 'held' : 'not_verified' };
  }
  const response = (await keptAnswer(context, row)) ?? (await freshAnswer(context, row));
  if (response === undefined) return { outcome: 'gone' };
  // Asking takes a while, and somebody may have had it wiped meanwhile.
  const now = await store.read.verification(issuer, verificationId);
  if (now?.facts.redactedAt !== undefined) return { outcome: 'gone' };
  const { identity } = readAnswer(context, response);
  if (identity === undefined) return { outcome: 'unreadable' };
  const hash = payloadHash(context.lookupKey, issuer, identity);
  if (answerHash === null || !timingSafeEqual(hash, answerHash)) return { outcome: 'changed' };
  return { outcome: 'identity', verdict: decision.verdict, identity };
}

type Answer = Readonly<Record<string, unknown>>;

async function keptAnswer({ records }: VerifyContext, row: VerificationRow): Promise<Answer | undefined> {
  const dataKey = row.sealedAnswer === null ? undefined : await records.dataKeyOf(row);
  if (dataKey === undefined || row.sealedAnswer === null) return undefined;
  return records.open(dataKey, row, 'sealed_answer', row.sealedAnswer);
}

/** `undefined`: SEEK Pass does not know it any more. */
async function freshAnswer(
  { seekPass }: VerifyContext,
  { requestId }: VerificationRow,
): Promise<Answer | undefined> {
  try {
    const { status, response } = await seekPass.verify.result(requestId, { lane: 'claims' });
    return status === 'verified' ? response : undefined;
  } catch (error) {
    if (isUnknownRequest(error)) return undefined;
    throw error;
  }
}
