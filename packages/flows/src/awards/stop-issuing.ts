import { ConfigurationError, type CredentialType, credentialTypes } from '@seek-pass-kit/core';
import type { FlowContext } from '../flow-context.ts';
import type { StopRow } from '../store/rows.ts';

/** Why issuing is stopped. A fixed list: the record keeps it for ever, and free text would hold personal data. */
export type StopReason = 'wrong_data' | 'wrong_recipients' | 'security_incident' | 'maintenance' | 'other';

/** Why issuing goes on. */
export type ResumeReason = 'resolved' | 'false_alarm' | 'other';

/** Who turns the kill switch (the host's id of a member of staff), and why. */
export interface IssuingTurn<Reason extends string> {
  readonly who: string;
  readonly reason: Reason;
}

/** What is stopped, and everything that was done to the kill switch. */
export interface IssuingStops {
  /** The stops in force; `credentialType` of `null` is everything. Empty: issuing goes on. */
  readonly inForce: readonly StopRow[];
  /** The last 1,000 turns, newest first. */
  readonly record: readonly StopRow[];
}

const longestRecord = 1_000;

/**
 * The kill switch: nothing of this credential type, or (`null`) nothing at all, is awarded or submitted from now on, in
 * every process. When it returns, no award is on its way any more; a claim whose call to SEEK Pass had begun may still arrive there.
 *
 * @throws {ConfigurationError} `invalid_configuration` for a credential type that there is not: a misspelt stop would stop nothing.
 */
export function stopIssuing(
  context: FlowContext,
  credentialType: CredentialType | null,
  turn: IssuingTurn<StopReason>,
): Promise<void> {
  return turnTo(context, credentialType, true, turn);
}

/**
 * Takes {@link stopIssuing} back. A stop of everything and a stop of one type are taken back each by itself.
 *
 * @throws {ConfigurationError} `invalid_configuration` for a credential type that there is not.
 */
export function resumeIssuing(
  context: FlowContext,
  credentialType: CredentialType | null,
  turn: IssuingTurn<ResumeReason>,
): Promise<void> {
  return turnTo(context, credentialType, false, turn);
}

/** Which stops are in force, who turned the kill switch, when and why. */
export async function readStops({ issuer, store }: FlowContext): Promise<IssuingStops> {
  const record = await store.read.stops(issuer, longestRecord);
  const newest = new Map<string | null, StopRow>();
  for (const turn of record) if (!newest.has(turn.credentialType)) newest.set(turn.credentialType, turn);
  return { inForce: [...newest.values()].filter(({ stopped }) => stopped), record };
}

async function turnTo(
  { issuer, store, clock }: FlowContext,
  credentialType: CredentialType | null,
  stopped: boolean,
  { who, reason }: IssuingTurn<string>,
): Promise<void> {
  if (credentialType !== null && !credentialTypes.includes(credentialType)) {
    throw new ConfigurationError(
      `There is no such credential type to stop: give null for everything, or one of ${credentialTypes.join(', ')}.`,
    );
  }
  const turn: StopRow = { issuer, credentialType, stopped, at: clock.now(), who, why: reason };
  await store.transaction((tx) => tx.setStopped(turn));
}
