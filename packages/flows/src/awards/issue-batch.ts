import { sealDocument } from '../documents/sealed-document.ts';
import type { FlowContext } from '../flow-context.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import { CourseBook } from '../reporting/course.ts';
import type { StoredDocument } from '../store/documents.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, HistoryRow, JobRow } from '../store/rows.ts';
import { type Candidate, decideAward, type KnownAwards, readKnown } from './award-decision.ts';
import { factsOfNextVersion, isHeld, withLinkClosed } from './award-facts.ts';
import type { AwardResult, IssuingRun } from './award-result.ts';
import { creationNote } from './source-version.ts';
import { decisionJobs } from './award-event.ts';
import { claimMailJob } from './claim-mail-job.ts';
import { decideAnew } from './decide-anew.ts';
import type { OpenRecipient } from './recipient-book.ts';

/** A candidate, and whether its key came before in this run. */
export interface CandidateOfRun extends Candidate {
  readonly repeated: boolean;
}

/** Everything a batch writes, collected while its awards are decided one by one. */
interface Writes {
  readonly awards: AwardRow[];
  readonly superseded: AwardRow[];
  readonly courses: CourseBook;
  readonly history: HistoryRow[];
  readonly documents: StoredDocument[];
  /** By recipient. */
  readonly mails: Map<string, JobRow>;
}

/** A batch while it is decided. */
interface Batch {
  readonly context: FlowContext;
  readonly run: IssuingRun;
  /** What this batch awards becomes known at once, to be compared with when a key comes again. */
  readonly known: KnownAwards;
  readonly writes: Writes;
}

/** Issues checked awards in one transaction; one result each, in their order. */
export function issueBatch(
  context: FlowContext,
  candidates: readonly CandidateOfRun[],
  run: IssuingRun,
): Promise<AwardResult[]> {
  return decideAnew(context.store, async (tx) => {
    const batch: Batch = {
      context,
      run,
      known: await readKnown(context, tx, candidates),
      writes: {
        awards: [],
        superseded: [],
        courses: new CourseBook(context),
        history: [],
        documents: [],
        mails: new Map(),
      },
    };
    const decided: AwardResult[] = [];
    for (const one of candidates) decided.push(await issue(batch, one));
    await write(tx, batch);
    return decided;
  });
}

async function issue(batch: Batch, one: CandidateOfRun): Promise<AwardResult> {
  const { context, run, known } = batch;
  const { key } = one.input;
  const decision = await decideAward(context, known, one, run, one.repeated);
  if (decision.result === 'refused') return { key, result: 'refused', problems: [decision.problem] };
  const { result, previous } = decision;
  if (result === 'unchanged') return { key, result, awardId: previous.id, version: previous.version };
  const recipient = await known.book.find(one.recipient);
  if (previous !== undefined) supersede(batch, previous);
  const { id, version } = create(batch, one, recipient, previous, result);
  return { key, result, awardId: id, version };
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
  { context, run, known, writes }: Batch,
  { input, keyHash, keyName, payloadHash: hash, file }: Candidate,
  recipient: OpenRecipient,
  previous: AwardRow | undefined,
  effect: string,
): AwardRow {
  const { issuer, clock, records } = context;
  const id = freshBytes(16).toString('base64url');
  const row: AwardRow = {
    issuer,
    id,
    keyHash,
    version: (previous?.version ?? 0) + 1,
    recipientId: recipient.row.id,
    credentialType: input.credential.credential_type,
    course: writes.courses.idOf(input.credential),
    generation: 1,
    facts: factsOfNextVersion(previous?.facts),
    sealedCredential: records.sealAward(recipient.dataKey, issuer, id, {
      key: input.key,
      credential: input.credential,
      ...(file === undefined ? {} : { file }),
    }),
    payloadHash: hash,
    createdAt: clock.now(),
    revision: 1,
  };
  known.newest.set(keyName, row);
  writes.awards.push(row);
  if (input.file !== undefined) writes.documents.push(sealDocument(recipient.dataKey, row, input.file));
  writes.history.push({
    issuer,
    awardId: id,
    at: row.createdAt,
    who: run.who,
    what: 'created',
    why: creationNote(previous === undefined ? undefined : `version ${row.version}, ${effect}`, input),
    payloadHash: hash,
  });
  // About an award that is held, the mail of its change is queued already.
  if (isHeld(row.facts, row.createdAt)) return row;
  if (writes.mails.has(row.recipientId)) return row;
  // Named by the award too: when a mail of this run has left already, as that of a canary has, what comes later gets one of its own.
  const name = `${run.runId} ${id}`;
  writes.mails.set(row.recipientId, claimMailJob(issuer, name, row.recipientId, run.mailAt ?? row.createdAt));
  return row;
}

async function write(tx: StoreTransaction, { context, known, writes }: Batch): Promise<void> {
  if (writes.awards.length === 0) return;
  await tx.insertRecipients(known.book.added);
  for (const { row, former } of known.book.changed) await tx.updateRecipient(row, former);
  await writes.courses.store(tx);
  await tx.insertAwards(writes.awards);
  if (writes.documents.length > 0) await tx.insertDocuments(writes.documents);
  for (const row of writes.superseded) await tx.updateAward(row);
  await tx.appendHistory(writes.history);
  const issued = writes.awards.map(({ id }) => id);
  await tx.enqueue([...writes.mails.values(), ...decisionJobs(context, 'issued', issued)]);
}
