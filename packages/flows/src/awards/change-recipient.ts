import type { Credential } from '@seek-pass-kit/core';
import { fileNote } from '../documents/award-file.ts';
import { sealDocument } from '../documents/sealed-document.ts';
import { storedFile } from '../documents/stored-file.ts';
import type { FlowContext } from '../flow-context.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import { CourseBook } from '../reporting/course.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow } from '../store/rows.ts';
import { addressChangedJob } from './address-changed-job.ts';
import { heldFacts, openSubmission, withLinkClosed } from './award-facts.ts';
import { type AwardInput, checkInput } from './award-input.ts';
import { type AwardProblem, erasedBefore, fileGone, issuingStopped } from './award-problem.ts';
import { decisionJobs } from './award-event.ts';
import { claimMailJob } from './claim-mail-job.ts';
import { decideAnew } from './decide-anew.ts';
import { openAward } from './open-award.ts';
import { payloadHash } from './payload-hash.ts';
import type { Recipient } from './recipient.ts';
import { type OpenRecipient, RecipientBook } from './recipient-book.ts';
import { hashesOfPerson, identify } from './recipient-identity.ts';

/** Why a recipient is changed. A fixed list: the history keeps it for ever, and free text would hold personal data. */
export type RecipientChangeReason =
  | 'wrong_address'
  | 'address_lost'
  | 'wrong_name'
  | 'wrong_person'
  | 'asked_by_learner'
  | 'other';

/** Which award goes to whom instead, why, and who says so. */
export interface RecipientChange {
  readonly awardId: string;
  /** The whole person: what is not said here is not taken over from the former one. */
  readonly recipient: Recipient;
  /** When it must change too, because it names the person. Default: as it is. */
  readonly credential?: Credential;
  readonly reason: RecipientChangeReason;
  /** The host's id of the member of staff who changes it. */
  readonly who: string;
  /**
   * That the host has checked: `who`, and `approvedBy` too, has the permission to change recipients. It is one of its own:
   * who may send a mail again may not send it to somebody else.
   */
  readonly mayChangeRecipients: boolean;
  /** The host's id of a second member of staff, who agreed. Needed once anything of this award was submitted to SEEK Pass. */
  readonly approvedBy?: string;
}

/**
 * What changing reached.
 *
 * - `changed`: `awardId` is the new version; nobody can claim it, and no mail about it leaves, before `claimableFrom`.
 * - `not_permitted`: the host did not say that `who` may.
 * - `needs_second_person`: something was submitted; name a second person who agreed.
 * - `same_recipient`: nothing to change.
 * - `closed`: it was withdrawn, or this is not its newest version.
 * - `recipient_erased`: its present recipient was erased, and with them what they were to get.
 * - `refused`: nothing was changed; `problems` says why.
 */
export type RecipientChangeResult =
  | {
      readonly outcome: 'changed';
      readonly awardId: string;
      readonly version: number;
      /** In milliseconds since the epoch. */
      readonly claimableFrom: number;
      /** A submission for the former recipient is open at SEEK Pass: it can still be finished, and you will be told. */
      readonly openAtSeekPass: boolean;
      /** It is in the wallet of whoever claimed it, and nothing of ours can take it out. */
      readonly inWallet: boolean;
    }
  | {
      readonly outcome:
        | 'unknown_award'
        | 'not_permitted'
        | 'needs_second_person'
        | 'same_recipient'
        | 'closed'
        | 'recipient_erased';
    }
  | { readonly outcome: 'refused'; readonly problems: readonly AwardProblem[] };

/** For this long a changed award waits, so that whoever reads mail at the former address can object. */
const waitMs = 24 * 3_600_000;

/**
 * Gives an award to somebody else, or to another address (security rule 12). The former version is closed for good: its links and
 * codes are dead, its open submission is not taken over. The new version waits 24 hours; the former address is told at once.
 */
export async function changeRecipient(
  context: FlowContext,
  change: RecipientChange,
): Promise<RecipientChangeResult> {
  if (!change.mayChangeRecipients) return { outcome: 'not_permitted' };
  return decideAnew(context.store, (tx) => decide(context, tx, change));
}

async function decide(
  context: FlowContext,
  tx: StoreTransaction,
  change: RecipientChange,
): Promise<RecipientChangeResult> {
  const { issuer } = context;
  // Before any lock of a row: nobody is erased beside this.
  await tx.suppressions(issuer, []);
  const former = await tx.lockAward(issuer, change.awardId);
  if (former === undefined) return { outcome: 'unknown_award' };
  if (former.facts.erased !== undefined) return { outcome: 'recipient_erased' };
  if (former.facts.linkClosure !== undefined) return { outcome: 'closed' };
  const holder = await tx.recipient(issuer, former.recipientId);
  const content = await openAward(context, holder, former);
  if (content === undefined || holder === undefined) return { outcome: 'recipient_erased' };

  const { recipient, credential = content.credential as Credential } = change;
  const file = await storedFile(context, tx, holder, former, content);
  if (file === 'gone') return refused(fileGone);
  const input = { key: content.key, recipient, credential, ...(file === undefined ? {} : { file }) };
  const checked = checkInput(input, context.clock.now(), context.documents);
  if (!checked.ok) return { outcome: 'refused', problems: checked.problems };
  if (await tx.isStopped(issuer, credential.credential_type)) return refused(issuingStopped);
  const person = identify(context, recipient);
  const suppressed = await tx.suppressions(issuer, hashesOfPerson(context, person));
  if (suppressed.length > 0) return refused(erasedBefore);
  const book = await RecipientBook.read(context, tx, [person]);
  const next = await book.find(person);
  if (next.row.id === former.recipientId) return { outcome: 'same_recipient' };
  if (secondPerson(change) === undefined && (await wasSubmitted(tx, former))) {
    return { outcome: 'needs_second_person' };
  }

  await tx.insertRecipients(book.added);
  for (const { row, former: read } of book.changed) await tx.updateRecipient(row, read);
  return replace(context, tx, change, former, next, checked.input);
}

function refused(problem: AwardProblem): RecipientChangeResult {
  return { outcome: 'refused', problems: [problem] };
}

/** Nobody is their own second person. */
function secondPerson({ who, approvedBy = '' }: RecipientChange): string | undefined {
  const second = approvedBy.trim();
  return second === '' || second === who.trim() ? undefined : second;
}

/** Whether any version of the award was: then somebody may have it already. */
async function wasSubmitted(tx: StoreTransaction, { issuer, keyHash }: AwardRow): Promise<boolean> {
  const versions = await tx.awardVersions(issuer, keyHash);
  return versions.some(({ facts }) => facts.submissions.length > 0);
}

/** Closes the former version and makes the next one, with everything that belongs to it. */
async function replace(
  context: FlowContext,
  tx: StoreTransaction,
  change: RecipientChange,
  former: AwardRow,
  { row: recipient, dataKey }: OpenRecipient,
  { key, credential, file }: AwardInput,
): Promise<RecipientChangeResult> {
  const { issuer, clock, records, lookupKey } = context;
  const { reason, who } = change;
  const now = clock.now();
  const claimableFrom = now + waitMs;
  const id = freshBytes(16).toString('base64url');
  const note = file === undefined ? undefined : fileNote(file);
  const courses = new CourseBook(context);
  const next: AwardRow = {
    ...former,
    id,
    version: former.version + 1,
    recipientId: recipient.id,
    credentialType: credential.credential_type,
    course: courses.idOf(credential),
    generation: 1,
    facts: heldFacts(claimableFrom),
    sealedCredential: records.sealAward(dataKey, issuer, id, {
      key,
      credential,
      ...(note === undefined ? {} : { file: note }),
    }),
    payloadHash: payloadHash(lookupKey, issuer, credential, note),
    createdAt: now,
    revision: 1,
  };
  const facts = withLinkClosed(former.facts, 'superseded');
  await tx.updateAward({ ...former, facts, generation: former.generation + 1 });
  await tx.deleteClaimCode(issuer, former.id);
  await courses.store(tx);
  await tx.insertAwards([next]);
  if (file !== undefined) await tx.insertDocuments([sealDocument(dataKey, next, file)]);
  const second = secondPerson(change);
  const reasons = second === undefined ? reason : `${reason}, approved by ${second}`;
  const line = { issuer, at: now, who, what: 'recipient_changed' };
  await tx.appendHistory([
    { ...line, awardId: former.id, why: `${reasons}, to version ${next.version}`, payloadHash: null },
    { ...line, awardId: id, why: `${reasons}, version ${next.version}`, payloadHash: next.payloadHash },
  ]);
  await tx.enqueue([
    addressChangedJob(issuer, { awardId: former.id, recipientId: former.recipientId, at: now }),
    claimMailJob(issuer, `recipient changed ${id}`, recipient.id, claimableFrom),
    ...decisionJobs(context, 'issued', [id]),
  ]);
  return {
    outcome: 'changed',
    awardId: id,
    version: next.version,
    claimableFrom,
    openAtSeekPass: openSubmission(former.facts) !== undefined,
    inWallet: former.facts.submissions.some(({ outcome }) => outcome === 'verified'),
  };
}
