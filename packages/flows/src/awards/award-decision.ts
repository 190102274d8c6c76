import type { Credential } from '@seek-pass-kit/core';
import { compareForUpdate, credentialDefinitions } from '@seek-pass-kit/core';
import { type FileNote, fileNote } from '../documents/award-file.ts';
import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import type { StoreReads } from '../store/ports.ts';
import type { AwardRow } from '../store/rows.ts';
import type { AwardInput } from './award-input.ts';
import type { AwardProblem } from './award-problem.ts';
import {
  duplicateKey,
  erasedBefore,
  issuingStopped,
  otherRecipient,
  withdrawnBefore,
} from './award-problem.ts';
import type { AwardResult, IssuingRun } from './award-result.ts';
import { payloadHash } from './payload-hash.ts';
import { type OpenRecipient, RecipientBook } from './recipient-book.ts';
import { hashesOfPerson, identify, type IdentifiedPerson } from './recipient-identity.ts';

/** A checked award before anything is decided; made once, however often the transaction runs. */
export interface Candidate {
  readonly input: AwardInput;
  readonly recipient: IdentifiedPerson;
  readonly keyHash: Uint8Array;
  readonly keyName: string;
  /** What an earlier erasure may have suppressed: the person, the address, the subject, the key. */
  readonly suppressible: readonly Uint8Array[];
  /** Of the credential and its file. */
  readonly payloadHash: Uint8Array;
  readonly file?: FileNote;
}

/** What the store knows of the awards of a batch: they are decided by this alone. */
export interface KnownAwards {
  readonly book: RecipientBook;
  /** The newest version by key. */
  readonly newest: Map<string, AwardRow>;
  /** Credential types that are not issued at present. */
  readonly stopped: ReadonlySet<string>;
  /** What is not to be awarded again, by the names of hashes. */
  readonly suppressed: ReadonlySet<string>;
}

/** What an award comes to. */
export type AwardDecision =
  | { readonly result: 'refused'; readonly problem: AwardProblem }
  | { readonly result: 'unchanged'; readonly previous: AwardRow }
  | {
      readonly result: Exclude<AwardResult['result'], 'refused' | 'unchanged'>;
      /** The version it takes the place of. */
      readonly previous: AwardRow | undefined;
    };

/** Makes the hashes that a checked award is found and compared by. */
export function candidateOf(context: FlowContext, input: AwardInput): Candidate {
  const { lookupKey, issuer } = context;
  const keyHash = lookupHash(lookupKey, issuer, 'business_key', input.key);
  const file = input.file === undefined ? undefined : fileNote(input.file);
  const recipient = identify(context, input.recipient);
  return {
    input,
    recipient,
    keyHash,
    keyName: nameOf(keyHash),
    suppressible: [...hashesOfPerson(context, recipient), keyHash],
    payloadHash: payloadHash(lookupKey, issuer, input.credential, file),
    ...(file === undefined ? {} : { file }),
  };
}

/** Reads what the awards of a batch are decided by. */
export async function readKnown(
  context: FlowContext,
  reads: StoreReads,
  candidates: readonly Candidate[],
): Promise<KnownAwards> {
  // First: nothing is erased from here on, and no row is locked yet.
  const suppressed = await reads.suppressions(
    context.issuer,
    candidates.flatMap(({ suppressible }) => suppressible),
  );
  const types = new Set(candidates.map(({ input }) => input.credential.credential_type));
  const stopped = new Set<string>();
  for (const type of types) if (await reads.isStopped(context.issuer, type)) stopped.add(type);
  const stored = await reads.awardsByKey(
    context.issuer,
    candidates.map(({ keyHash }) => keyHash),
  );
  return {
    book: await RecipientBook.read(
      context,
      reads,
      candidates.map(({ recipient }) => recipient),
    ),
    newest: new Map(stored.map((row) => [nameOf(row.keyHash), row])),
    stopped,
    suppressed: new Set(suppressed.map(({ hash }) => nameOf(hash))),
  };
}

/**
 * Decides what an award comes to and changes nothing: the one place of this rule, for issuing and for a dry run.
 *
 * @param repeated whether its key came before in this run.
 */
export async function decideAward(
  context: FlowContext,
  { book, newest, stopped, suppressed }: KnownAwards,
  one: Candidate,
  { reissueWithdrawn }: Pick<IssuingRun, 'reissueWithdrawn'>,
  repeated: boolean,
): Promise<AwardDecision> {
  const { recipient } = one;
  const { credential } = one.input;
  const previous = newest.get(one.keyName);
  const samePerson = previous !== undefined && previous.recipientId === recipient.id;
  const samePayload = previous !== undefined && nameOf(previous.payloadHash) === nameOf(one.payloadHash);

  if (repeated && !(samePerson && samePayload)) return refused(duplicateKey);
  if (one.suppressible.some((hash) => suppressed.has(nameOf(hash)))) return refused(erasedBefore);
  // Whose it was nobody can say any more: what is allowed again starts anew, and takes the place of the record.
  const isRecord = previous?.facts.erased !== undefined;
  if (previous !== undefined && !samePerson && !isRecord) return refused(otherRecipient);
  const withdrawn = previous?.facts.linkClosure === 'withdrawn';
  if (withdrawn && reissueWithdrawn !== true) return refused(withdrawnBefore);
  if (previous !== undefined && samePayload && !withdrawn && !isRecord)
    return { result: 'unchanged', previous };
  if (stopped.has(credential.credential_type)) return refused(issuingStopped);
  const holder = await book.known(recipient);
  if (previous === undefined || holder === undefined || isRecord) return { result: 'created', previous };
  return { result: effectOn(context, previous, credential, holder), previous };
}

function refused(problem: AwardProblem): AwardDecision {
  return { result: 'refused', problem };
}

/** What the new version does in the wallet of somebody who has the former one. */
function effectOn(context: FlowContext, previous: AwardRow, next: Credential, { dataKey }: OpenRecipient) {
  const before = context.records.openAward(dataKey, previous).credential as Credential;
  const { effect } = compareForUpdate(before, next);
  if (effect !== 'unchanged') return effect;
  // The same again, after a withdrawal.
  return credentialDefinitions[next.credential_type].updateKey === undefined ? 'undocumented' : 'replaces';
}

/** A hash as the name of an entry in a map. */
function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('latin1');
}
