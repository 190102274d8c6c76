import { parseRedirectUri, SeekPassError, type SeekPassErrorCode } from '@seek-pass-kit/core';
import { decideAnew } from '../awards/decide-anew.ts';
import type { VerificationRow } from '../store/verifications.ts';
import type { VerificationDetails } from './sealed-verifications.ts';
import { withRequest } from './verification-facts.ts';
import type { VerifyContext } from './verify-context.ts';
import { nextVerifyPollAt } from './verify-poll-plan.ts';
import { verifyToken } from './verify-secrets.ts';

/**
 * What SEEK Pass made of a request.
 *
 * - `redirect`: send the browser there with a 303, and keep the address nowhere.
 * - `unavailable`: it did not answer; trying again makes sense.
 * - `rejected`: it refused the request: somebody has to look at the settings.
 */
export type RequestOutcome =
  | { readonly outcome: 'redirect'; readonly redirectUri: string }
  | { readonly outcome: 'unavailable'; readonly retryAfterMs?: number }
  | { readonly outcome: 'rejected' };

/** Where SEEK Pass sends the browser afterwards: with the one-time value that only SEEK Pass is told. */
export function callbackUrl({ callbackBaseUrl, secrets }: VerifyContext, verificationId: string): string {
  return `${callbackBaseUrl}/callback/${verificationId}/${verifyToken(secrets.callback, verificationId)}`;
}

/**
 * Asks SEEK Pass for a verification that is stored, under its own request id, and notes whether it took it. Asking again (a second press
 * of the button) repeats the same request.
 *
 * @throws {SeekPassError} when it has to be heard of: `invalid_configuration`, `clock_skewed`, `hostile_redirect`.
 */
export async function requestVerification(
  context: VerifyContext,
  { id, requestId }: Pick<VerificationRow, 'id' | 'requestId'>,
  { metadata, request_source }: Pick<VerificationDetails, 'metadata' | 'request_source'>,
): Promise<RequestOutcome> {
  try {
    const { redirectUri } = await context.seekPass.verify.request(
      {
        request_id: requestId,
        callback_url: callbackUrl(context, id),
        display_options: context.partner,
        ...(metadata === undefined ? {} : { metadata }),
        ...(request_source === undefined ? {} : { request_source }),
      },
      { lane: 'claims' },
    );
    const expected = { origin: context.redirectOrigin, clientId: '', flow: 'verify' } as const;
    parseRedirectUri(redirectUri, expected);
    await noteRequest(context, id, 'taken');
    return { outcome: 'redirect', redirectUri };
  } catch (error) {
    if (!SeekPassError.is(error)) throw error;
    await noteRequest(context, id, 'failed');
    if (needsPerson.has(error.code)) throw error;
    if (error.code === 'invalid_payload' || (error.code === 'rejected' && isRefusal(error.status)))
      return { outcome: 'rejected' };
    const { retryAfterMs } = error;
    return { outcome: 'unavailable', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
}

/** Waiting mends none of these, and a link that leads elsewhere is an attack or a fault that somebody has to hear of. */
const needsPerson: ReadonlySet<SeekPassErrorCode> = new Set([
  'invalid_configuration',
  'clock_skewed',
  'hostile_redirect',
]);

/** The statuses that speak of the request. */
function isRefusal(status: number | undefined): boolean {
  return status === 400 || status === 409 || status === 413 || status === 422;
}

/** A request that was not taken is not polled: its last look is the one that ends the waiting. */
function noteRequest(context: VerifyContext, id: string, request: 'failed' | 'taken'): Promise<void> {
  const { issuer, store } = context;
  return decideAnew(store, async (tx) => {
    const row = await tx.lockVerification(issuer, id);
    if (row === undefined) return;
    const facts = withRequest(row.facts, request);
    if (facts === row.facts || row.requestedAt === null) return;
    const { requestedAt, giveUpAt } = row;
    const planned = nextVerifyPollAt({ requestedAt, giveUpAt }, requestedAt) ?? giveUpAt;
    const nextPollAt = request === 'taken' ? planned : giveUpAt;
    await tx.updateVerification({
      ...row,
      facts,
      nextPollAt: row.nextPollAt === null ? null : nextPollAt,
    });
  });
}
