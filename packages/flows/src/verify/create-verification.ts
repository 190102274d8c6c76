import { CookieJar } from '../claims/cookies.ts';
import { subjectHash } from '../awards/recipient-identity.ts';
import { latestToday } from '../awards/award-input.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import { learnCurrentKey } from '../keys/retired-keys.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { newBrowserPass, passCookie } from './browser-pass.ts';
import { type RequestOutcome, requestVerification } from './request-verification.ts';
import type { VerificationDetails } from './sealed-verifications.ts';
import { noVerificationFacts } from './verification-facts.ts';
import {
  checkVerificationInput,
  type StartLinkInput,
  type VerificationInput,
  type VerificationProblem,
} from './verification-input.ts';
import type { VerifyContext } from './verify-context.ts';
import { nextVerifyPollAt } from './verify-poll-plan.ts';
import { plainHash, verifyToken } from './verify-secrets.ts';

/** Nothing was stored or sent. */
export interface RefusedVerification {
  readonly outcome: 'refused';
  readonly problems: readonly VerificationProblem[];
}

/**
 * What to answer the browser that starts. `redirect`: a 303 to `redirectUri` with `setCookie` as its `Set-Cookie` header; both are for
 * this browser alone, so store and log neither.
 */
export type VerificationStart =
  | {
      readonly outcome: 'redirect';
      readonly verificationId: string;
      readonly redirectUri: string;
      readonly setCookie: string;
    }
  | (Exclude<RequestOutcome, { outcome: 'redirect' }> & { readonly verificationId: string })
  | RefusedVerification;

/** A link that starts a verification in the browser that opens it first and presses the button. */
export type StartLink =
  | {
      readonly outcome: 'link';
      readonly verificationId: string;
      readonly url: string;
      /** By then it has to be used, in milliseconds since the epoch. */
      readonly expiresAt: number;
    }
  | RefusedVerification;

/** Starts a verification for the browser that the host is answering. Every call is a new one. */
export async function createVerification(
  context: VerifyContext,
  input: VerificationInput,
): Promise<VerificationStart> {
  const now = context.clock.now();
  const checked = checkVerificationInput(input, latestToday(now), context.returnOrigins);
  if (!checked.ok) return { outcome: 'refused', problems: checked.problems };
  const verificationId = newId();
  const pass = newBrowserPass(verificationId, now);
  const row = await newRow(context, verificationId, checked.input, checked.details, {
    requestedAt: context.seekPass.now(),
    browserHash: plainHash(pass.secret),
  });
  await context.store.transaction((tx) => tx.insertVerification(row));
  const asked = await requestVerification(context, row, checked.details);
  if (asked.outcome !== 'redirect') return { ...asked, verificationId };
  const jar = new CookieJar(new URL(context.callbackBaseUrl).origin);
  return { ...asked, verificationId, setCookie: jar.write(passCookie(context, pass)) };
}

/**
 * Makes a link that starts a verification: for a front desk, a letter, a terminal. The first browser that presses its button is the
 * one that may see what came of it. SEEK Pass is not asked before that.
 */
export async function createStartLink(context: VerifyContext, input: StartLinkInput): Promise<StartLink> {
  const checked = checkVerificationInput(input, latestToday(context.clock.now()), context.returnOrigins);
  if (!checked.ok) return { outcome: 'refused', problems: checked.problems };
  if (checked.input.expected === 'anyone') {
    const message = 'must name a person: a link can be forwarded, so whoever opens it may be anyone';
    return { outcome: 'refused', problems: [{ path: 'expected', message }] };
  }
  const verificationId = newId();
  const row = await newRow(context, verificationId, checked.input, checked.details, {
    requestedAt: null,
    browserHash: null,
  });
  await context.store.transaction((tx) => tx.insertVerification(row));
  const token = verifyToken(context.secrets.start, verificationId);
  const url = `${context.callbackBaseUrl}/start/${verificationId}/${token}`;
  return { outcome: 'link', verificationId, url, expiresAt: row.giveUpAt };
}

/** Ids are public, and nobody can guess one. */
function newId(): string {
  return freshBytes(16).toString('base64url');
}

async function newRow(
  context: VerifyContext,
  id: string,
  { reference, subject, expected }: VerificationInput,
  details: VerificationDetails,
  started: Pick<VerificationRow, 'requestedAt' | 'browserHash'>,
): Promise<VerificationRow> {
  const { issuer, store, records, lookupKey, clock, giveUpAfterMs, startLinkLifeMs } = context;
  const name = { issuer, id };
  await learnCurrentKey(issuer, records.keys, store.read);
  const { dataKey, wrappedKey, keyId } = await records.newDataKey(name);
  const { requestedAt } = started;
  const giveUpAt =
    requestedAt === null ? context.seekPass.now() + startLinkLifeMs : requestedAt + giveUpAfterMs;
  const nextPollAt =
    requestedAt === null ? giveUpAt : (nextVerifyPollAt({ requestedAt, giveUpAt }, requestedAt) ?? giveUpAt);
  return {
    ...name,
    requestId: newId(),
    referenceHash: referenceHash(context, reference),
    subjectHash: subject === undefined ? null : subjectHash({ issuer, lookupKey }, subject),
    expects: expected === 'anyone' ? 'anyone' : 'person',
    ...started,
    facts: noVerificationFacts,
    wrappedKey,
    keyId,
    sealedDetails: records.seal(dataKey, name, 'sealed_details', details),
    sealedExpected: expected === 'anyone' ? null : records.seal(dataKey, name, 'sealed_expected', expected),
    sealedAnswer: null,
    answerHash: null,
    createdAt: clock.now(),
    giveUpAt,
    lastAskedAt: null,
    nextPollAt,
    purgeAt: null,
    revision: 1,
  };
}

/** What a host's reference is found by. */
export function referenceHash(
  { issuer, lookupKey }: Pick<VerifyContext, 'issuer' | 'lookupKey'>,
  reference: string,
): Uint8Array {
  return lookupHash(lookupKey, issuer, 'verification_reference', reference);
}
