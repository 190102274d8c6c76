import { randomBytes } from 'node:crypto';
import type { Credential } from '@seek-pass-kit/core';
import { compareForUpdate, credentialDefinitions } from '@seek-pass-kit/core';
import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, HistoryRow, JobRow } from '../store/rows.ts';
import { noFacts, withLinkClosed } from './award-facts.ts';
import type { AwardInput } from './award-input.ts';
import type { AwardProblem } from './award-problem.ts';
import {
  duplicateKey,
  erasedRecipient,
  issuingStopped,
  otherRecipient,
  withdrawnBefore,
} from './award-problem.ts';
import type { AwardResult, IssuingRun } from './award-result.ts';
import { claimMailJob } from './claim-mail-job.ts';
import { decideAnew } from './decide-anew.ts';
import { payloadHash } from './payload-hash.ts';
import { recipientId } from './recipient-identity.ts';
import { type OpenRecipient, RecipientBook } from './recipient-book.ts';

/** Which keys a run had already. */
export interface KeysOfRun {
  has(keyHash: string): boolean;
  add(keyHash: string): void;
}

/** A checked award before anything is decided; made once, however often the transaction runs. */
export interface Candidate {
  readonly input: AwardInput;
  readonly keyHash: Uint8Array;
  readonly keyName: string;
  readonly payloadHash: Uint8Array;
}

/** Everything a batch writes, collected while its awards are decided one by one. */
interface Writes {
  readonly awards: AwardRow[];
  readonly superseded: AwardRow[];
  readonly history: HistoryRow[];
  readonly jobs: Map<string, JobRow>;
}

/** What the awards of a batch are decided by. */
interface Batch {
  readonly context: FlowContext;
  readonly run: IssuingRun;
  readonly book: RecipientBook;
  /** The newest version by key, those of this batch included. */
  readonly newest: Map<string, AwardRow>;
  readonly stopped: ReadonlySet<string>;
  readonly writes: Writes;
}

/** Issues checked awards in one transaction; one result each, in their order. Keys that were decided go into `keys`. */
export async function issueBatch(
  context: FlowContext,
  candidates: readonly Candidate[],
  run: IssuingRun,
  keys: KeysOfRun,
): Promise<AwardResult[]> {
  const results = await decideAnew(context.store, async (tx) => {
    const batch = await openBatch(context, tx, candidates, run);
    const keysHere = new Set<string>();
    const decided: AwardResult[] = [];
    for (const one of candidates) {
      const repeated = keys.has(one.keyName) || keysHere.has(one.keyName);
      keysHere.add(one.keyName);
      decided.push(await decide(batch, one, repeated));
    }
    await write(tx, batch);
    return decided;
  });
  for (const { keyName } of candidates) keys.add(keyName);
  return results;
}

/** Makes the hashes that a checked award is found and compared by. */
export function candidateOf({ lookupKey, issuer }: FlowContext, input: AwardInput): Candidate {
  const keyHash = lookupHash(lookupKey, issuer, 'business_key', input.key);
  return {
    input,
    keyHash,
    keyName: nameOf(keyHash),
    payloadHash: payloadHash(lookupKey, issuer, input.credential),
  };
}

async function openBatch(
  context: FlowContext,
  tx: StoreTransaction,
  candidates: readonly Candidate[],
  run: IssuingRun,
): Promise<Batch> {
  const types = new Set(candidates.map(({ input }) => input.credential.credential_type));
  const stopped = new Set<string>();
  for (const type of types) if (await tx.isStopped(context.issuer, type)) stopped.add(type);
  const stored = await tx.awardsByKey(
    context.issuer,
    candidates.map(({ keyHash }) => keyHash),
  );
  return {
    context,
    run,
    book: await RecipientBook.read(
      context,
      tx,
      candidates.map(({ input }) => input.recipient),
    ),
    newest: new Map(stored.map((row) => [nameOf(row.keyHash), row])),
    stopped,
    writes: { awards: [], superseded: [], history: [], jobs: new Map() },
  };
}

async function decide(batch: Batch, one: Candidate, repeated: boolean): Promise<AwardResult> {
  const { context, run, newest, stopped } = batch;
  const { input } = one;
  const refused = (problem: AwardProblem): AwardResult => ({
    key: input.key,
    result: 'refused',
    problems: [problem],
  });
  const previous = newest.get(one.keyName);
  const samePerson = previous !== undefined && previous.recipientId === recipientId(context, input.recipient);
  const samePayload = previous !== undefined && nameOf(previous.payloadHash) === nameOf(one.payloadHash);

  if (repeated && !(samePerson && samePayload)) return refused(duplicateKey);
  if (previous !== undefined && !samePerson) return refused(otherRecipient);
  const withdrawn = previous?.facts.linkClosure === 'withdrawn';
  if (withdrawn && run.reissueWithdrawn !== true) return refused(withdrawnBefore);
  if (previous !== undefined && samePayload && !withdrawn) {
    return { key: input.key, result: 'unchanged', awardId: previous.id, version: previous.version };
  }
  if (stopped.has(input.credential.credential_type)) return refused(issuingStopped);
  const recipient = await batch.book.find(input.recipient);
  if (recipient === 'erased') return refused(erasedRecipient);

  const effect =
    previous === undefined ? 'created' : effectOn(context, previous, input.credential, recipient);
  if (previous !== undefined) supersede(batch, previous);
  const { id, version } = create(batch, one, recipient, previous, effect);
  return { key: input.key, result: effect, awardId: id, version };
}

/** What the new version does in the wallet of somebody who has the former one. */
function effectOn(context: FlowContext, previous: AwardRow, next: Credential, { dataKey }: OpenRecipient) {
  const before = context.records.openAward(dataKey, previous).credential as Credential;
  const { effect } = compareForUpdate(before, next);
  if (effect !== 'unchanged') return effect;
  // The same again, after a withdrawal.
  return credentialDefinitions[next.credential_type].updateKey === undefined ? 'undocumented' : 'replaces';
}

function supersede({ context, run, writes }: Batch, previous: AwardRow): void {
  const facts = withLinkClosed(previous.facts, 'superseded');
  if (facts === previous.facts) return;
  writes.superseded.push({ ...previous, facts });
  writes.history.push({
    issuer: context.issuer,
    awardId: previous.id,
    at: context.clock.now(),
    who: run.who,
    what: 'superseded',
    why: `by version ${previous.version + 1}`,
    payloadHash: null,
  });
}

function create(
  { context, run, newest, writes }: Batch,
  { input, keyHash, keyName, payloadHash: hash }: Candidate,
  recipient: OpenRecipient,
  previous: AwardRow | undefined,
  effect: string,
): AwardRow {
  const { issuer, clock, records } = context;
  const id = randomBytes(16).toString('base64url');
  const row: AwardRow = {
    issuer,
    id,
    keyHash,
    version: (previous?.version ?? 0) + 1,
    recipientId: recipient.row.id,
    credentialType: input.credential.credential_type,
    generation: 1,
    facts: noFacts,
    sealedCredential: records.sealAward(recipient.dataKey, issuer, id, {
      key: input.key,
      credential: input.credential,
    }),
    payloadHash: hash,
    createdAt: clock.now(),
    revision: 1,
  };
  newest.set(keyName, row);
  writes.awards.push(row);
  writes.history.push({
    issuer,
    awardId: id,
    at: row.createdAt,
    who: run.who,
    what: 'created',
    why: previous === undefined ? null : `version ${row.version}, ${effect}`,
    payloadHash: hash,
  });
  const job = claimMailJob(issuer, run.runId, row.recipientId, run.mailAt ?? row.createdAt);
  writes.jobs.set(job.id, job);
  return row;
}

async function write(tx: StoreTransaction, { book, writes }: Batch): Promise<void> {
  if (writes.awards.length === 0) return;
  await tx.insertRecipients(book.added);
  for (const { row, former } of book.changed) await tx.updateRecipient(row, former);
  await tx.insertAwards(writes.awards);
  for (const row of writes.superseded) await tx.updateAward(row);
  await tx.appendHistory(writes.history);
  await tx.enqueue([...writes.jobs.values()]);
}

/** A hash as the name of an entry in a map. */
function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('latin1');
}
