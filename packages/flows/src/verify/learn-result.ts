import { type CallOptions, SeekPassError, type VerifyResult } from '@seek-pass-kit/core';
import { decideAnew } from '../awards/decide-anew.ts';
import { payloadHash } from '../awards/payload-hash.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { judgePerson } from './judge-person.ts';
import { recordSighting, type Sighting } from './record-sighting.ts';
import { isUndecided } from './verification-facts.ts';
import { type ReadAnswer, soundAnswer } from './verified-identity.ts';
import type { VerifyContext } from './verify-context.ts';

/** Why SEEK Pass is asked, and how. */
export interface Learning {
  /** Something says that it has ended: ask again soon when SEEK Pass does not say so yet. */
  readonly sign?: boolean;
  /** Of the quota at SEEK Pass: who waits for whom. */
  readonly lane: 'claims' | 'polling';
  readonly signal?: AbortSignal;
}

/**
 * Asks SEEK Pass how a verification stands and records the answer: the one place where a result comes in, whoever wants to know (callback,
 * webhook, poll), in any number of processes at once. What is decided is not asked about again. Gives back the row as it is now;
 * `undefined`: there is none.
 *
 * @throws {SeekPassError} when SEEK Pass does not answer; nothing changed.
 */
export async function learnResult(
  context: VerifyContext,
  verificationId: string,
  { sign = false, lane, signal }: Learning,
): Promise<VerificationRow | undefined> {
  const { issuer, store, seekPass } = context;
  const row = await store.read.verification(issuer, verificationId);
  if (row === undefined || row.requestedAt === null || !isUndecided(row.facts)) return row;
  const askedAt = seekPass.now();
  const result = await ask(context, row, askedAt, {
    lane,
    ...(signal === undefined ? {} : { signal }),
  });
  const answeredAt = seekPass.now();
  const sighting: Sighting = {
    askedAt,
    ...(sign ? { signAt: answeredAt } : {}),
    ...(await seen(context, row, result, answeredAt)),
  };
  return decideAnew(store, (tx) => recordSighting(context, tx, verificationId, sighting));
}

/**
 * `undefined`: SEEK Pass knows no such request, as may be when it never got it, or when its time is over. One that it took a moment ago
 * and does not know now has another cause, such as a wrong setting `paths.verifyResult`: that is an error to be heard of.
 */
async function ask(
  { seekPass }: VerifyContext,
  { requestId, facts, giveUpAt }: VerificationRow,
  askedAt: number,
  call: CallOptions,
): Promise<VerifyResult | undefined> {
  try {
    return await seekPass.verify.result(requestId, call);
  } catch (error) {
    if (isUnknownRequest(error) && (facts.request !== 'taken' || askedAt >= giveUpAt)) return undefined;
    throw error;
  }
}

/** Whether SEEK Pass says that it knows no such request. */
export function isUnknownRequest(error: unknown): boolean {
  return SeekPassError.is(error) && error.code === 'rejected' && error.status === 404;
}

async function seen(
  context: VerifyContext,
  row: VerificationRow,
  result: VerifyResult | undefined,
  answeredAt: number,
): Promise<Pick<Sighting, 'seen' | 'verified'>> {
  if (result?.status === 'canceled') return { seen: 'canceled' };
  if (result?.status !== 'verified') return { seen: 'open' };
  const { records, clock, lookupKey, issuer } = context;
  const { response } = result;
  const { identity, verifiedAt } = readAnswer(context, response);
  const dataKey = await records.dataKeyOf(row);
  const { sealedExpected, expects } = row;
  const expected =
    expects === 'anyone'
      ? expects
      : dataKey === undefined || sealedExpected === null
        ? 'gone'
        : records.open(dataKey, row, 'sealed_expected', sealedExpected);
  const isKept = context.keepAnswerForMs !== undefined && dataKey !== undefined;
  return {
    seen: 'verified',
    verified: {
      ...likelyTime(row, verifiedAt, answeredAt),
      decision: { ...judgePerson(expected, identity), at: clock.now() },
      answerHash: payloadHash(lookupKey, issuer, identity ?? response),
      sealedAnswer: isKept ? records.seal(dataKey, row, 'sealed_answer', response) : null,
    },
  };
}

/** A time that is still to come cannot be when it was, nor one before it was asked for: then it is when we learned of it. */
function likelyTime(
  { requestedAt }: VerificationRow,
  verifiedAt: number | undefined,
  answeredAt: number,
): Pick<NonNullable<Sighting['verified']>, 'verifiedAt' | 'isToldWhen'> {
  const isBefore = verifiedAt === undefined || (requestedAt !== null && verifiedAt < requestedAt - 1_000);
  if (isBefore) return { verifiedAt: answeredAt, isToldWhen: false };
  return { verifiedAt: Math.min(verifiedAt, answeredAt), isToldWhen: true };
}

/** A reader of the host that fails, or gives what cannot be, has read nothing: its error could quote the answer. */
export function readAnswer(
  { readIdentity }: Pick<VerifyContext, 'readIdentity'>,
  response: VerifyResult['response'],
): ReadAnswer {
  try {
    return soundAnswer(readIdentity(response));
  } catch {
    return {};
  }
}
