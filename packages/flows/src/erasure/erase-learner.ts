import { ConfigurationError } from '@seek-pass-kit/core';
import { openSubmission, standingOf } from '../awards/award-facts.ts';
import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import { learnCurrentKey } from '../keys/retired-keys.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import { redactVerificationsOf } from '../verify/redact-verifications-of.ts';
import {
  type ErasedRecipient,
  eraseRecipient,
  type ErasureNote,
  type LockedRecipient,
} from './erase-recipient.ts';
import { type ErasureReason, legalBases, type LegalBasis } from './erasure-reasons.ts';
import { type ErasedAward, type ErasureReport, type KeptData, maskedKey } from './erasure-report.ts';
import { standingOfErasure } from './erasure-standing.ts';
import { holdsOn } from './holds.ts';
import { lockRecipient } from './lock-recipient.ts';
import { addressesOfOthers, removeMutes } from './remove-mutes.ts';
import { suppressPeople } from './suppress.ts';
import { findPeople, formerRecords, hashOf, kindOf, type Whose } from './whose.ts';

/** Whom to erase, why, and who says so. */
export interface ErasureRequest {
  readonly of: Whose;
  readonly reason: ErasureReason;
  /** The host's id of the member of staff, or `system`. Not a name. */
  readonly who: string;
  /**
   * Destroys what the awards hold, too. Default: what was needed to deliver them goes, and the record of each award stays, which an
   * institution has to keep.
   */
  readonly all?: { readonly legalBasis: LegalBasis };
  /** Do nothing, and report what would be done. */
  readonly dryRun?: boolean;
}

/** Ends a dry run: the store undoes everything. */
class DryRun extends Error {
  override readonly name = 'DryRun';
  readonly report: ErasureReport;

  constructor(report: ErasureReport) {
    super('A dry run.');
    this.report = report;
  }
}

/**
 * Erases a learner (security rule 17), in one transaction: the key that seals what is stored of them, their address, subject and facts,
 * what was mailed, their files, the results of their verifications. Links, codes and sessions of theirs are dead; nothing is awarded to
 * them again. Copies of the database made before are unreadable as soon as its report says `complete`.
 *
 * @throws {ConfigurationError} `invalid_configuration` for an address that is none, a legal basis that is none, or an old key file.
 */
export async function eraseLearner(context: FlowContext, request: ErasureRequest): Promise<ErasureReport> {
  // Says at once what cannot be meant.
  hashOf(context, request.of);
  const basis = request.all?.legalBasis;
  if (request.all !== undefined && !legalBases.some((known) => known === basis)) {
    throw new ConfigurationError(
      `What awards hold is destroyed on a legal basis only: give all.legalBasis, one of ${legalBases.join(', ')}.`,
    );
  }
  await context.records.refreshKeys();
  try {
    return await decideAnew(context.store, async (tx) => {
      const report = await erase(context, tx, request);
      if (request.dryRun === true && report.outcome === 'erased') {
        throw new DryRun({ ...report, outcome: 'would_erase' });
      }
      return report;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.report;
    throw error;
  }
}

async function erase(
  context: FlowContext,
  tx: StoreTransaction,
  request: ErasureRequest,
): Promise<ErasureReport> {
  const { issuer, clock, records } = context;
  const { of, reason, who, all } = request;
  await tx.lockErasures(issuer);
  await learnCurrentKey(issuer, records.keys, tx);
  const found = await findPeople(context, tx, of);
  if (all !== undefined && 'key' in of) found.push(...(await formerRecords(context, tx, of, found)));
  const part = all === undefined ? 'delivery_data' : 'everything';
  const erasable = found.filter(part === 'everything' ? hasContent : isPerson);
  const unmet = 'subject' in of ? await hasVerifications(context, tx, of) : false;
  if (found.length === 0 && !unmet) return { outcome: 'nothing_found' };
  if (erasable.length === 0 && !unmet) return { outcome: 'already_erased' };
  const people: LockedRecipient[] = [];
  for (const row of erasable) people.push(await lockRecipient(tx, row));
  const holds = await holdsOn(tx, issuer, people, { on: kindOf(of), hash: hashOf(context, of) });
  if (holds.length > 0) return { outcome: 'held', holds };

  const note: ErasureNote = {
    id: freshBytes(16).toString('base64url'),
    part,
    why: (all === undefined ? reason : `${reason}, ${all.legalBasis}`).replaceAll('_', ' '),
    who,
    at: clock.now(),
  };
  const awards = await describe(context, people);
  const keyIds = [...new Set([...records.keyIds, ...erasable.map(({ keyId }) => keyId)])];
  const counted = [];
  for (const person of people) counted.push(await eraseRecipient(context, tx, person, note));
  const verifications = await redact(context, tx, of, erasable, note);
  const sharedAddresses = await addressesOfOthers(tx, issuer, erasable);
  const mutes = await removeMutes(tx, issuer, erasable, sharedAddresses);
  const suppressed = await suppressPeople(tx, {
    issuer,
    erasureId: note.id,
    at: note.at,
    erased: people,
    sharedAddresses,
  });
  await tx.insertErasure({
    issuer,
    id: note.id,
    at: note.at,
    who,
    part,
    reason,
    legalBasis: all?.legalBasis ?? null,
    keyIds,
    keysDroppedAt: null,
    recipients: people.length,
    awards: awards.length,
  });
  await tx.appendAudit([
    {
      issuer,
      at: note.at,
      who,
      what: 'erased',
      about: `erasure:${note.id}`,
      why: `${part.replace('_', ' ')}, ${note.why}`,
    },
  ]);
  return {
    outcome: 'erased',
    erasureId: note.id,
    awards,
    removed: {
      recipients: erasable.filter(isPerson).length,
      awardContents: part === 'everything' ? awards.length : 0,
      ...sumOf(counted),
      mutes,
      verifications,
    },
    kept: keptOf(people, part, suppressed, sharedAddresses.length),
    standing: standingOfErasure({ keyIds, keysDroppedAt: null }, context.keyBackupDays, note.at),
  };
}

function isPerson({ sealedPerson }: RecipientRow): boolean {
  return sealedPerson.length > 0;
}

function hasContent({ wrappedKey }: RecipientRow): boolean {
  return wrappedKey !== null;
}

/** Whoever was asked about and never awarded anything is erased too. */
async function hasVerifications(context: FlowContext, tx: StoreTransaction, of: Whose): Promise<boolean> {
  return (await tx.verificationsOfSubject(context.issuer, hashOf(context, of), 1)).length > 0;
}

async function describe(
  { records }: FlowContext,
  people: readonly LockedRecipient[],
): Promise<ErasedAward[]> {
  const described: ErasedAward[] = [];
  for (const { row, awards } of people) {
    const dataKey = await records.dataKeyOf(row);
    for (const award of awards) {
      const { id: awardId, credentialType, version, facts } = award;
      const { key } = records.openAward(dataKey, award);
      described.push({
        awardId,
        maskedKey: maskedKey(key),
        credentialType,
        version,
        state: standingOf(facts).state,
      });
    }
  }
  return described;
}

async function redact(
  context: FlowContext,
  tx: StoreTransaction,
  of: Whose,
  rows: readonly RecipientRow[],
  { at, who }: ErasureNote,
): Promise<number> {
  const { issuer } = context;
  const named = 'subject' in of ? [hashOf(context, of)] : [];
  const hashes = [
    ...named,
    ...rows.flatMap(({ subjectHash }) => (subjectHash === null ? [] : [subjectHash])),
  ];
  let redacted = 0;
  // The second time the same one finds nothing.
  for (const subjectHash of hashes) {
    redacted += await redactVerificationsOf(tx, { issuer, subjectHash, at, who, why: 'erased' });
  }
  return redacted;
}

function sumOf(counted: readonly ErasedRecipient[]): ErasedRecipient {
  const sum = (of: keyof ErasedRecipient) => counted.reduce((total, one) => total + one[of], 0);
  return { mails: sum('mails'), claimSessions: sum('claimSessions'), documents: sum('documents') };
}

function keptOf(
  people: readonly LockedRecipient[],
  part: ErasureNote['part'],
  suppressed: number,
  others: number,
): KeptData[] {
  const awards = people.flatMap((person) => person.awards);
  const count = (of: (award: AwardRow) => boolean) => awards.filter(of).length;
  const kept: KeptData[] = [
    part === 'everything'
      ? { what: 'award_trace', why: 'proof_of_erasure', count: awards.length }
      : { what: 'award_record', why: 'retention_duty', count: awards.length },
    { what: 'history', why: 'audit_trail', count: awards.length },
    {
      what: 'open_submission',
      why: 'ends_by_itself',
      count: count(({ facts }) => openSubmission(facts) !== undefined),
    },
    {
      what: 'wallet_copy',
      why: 'cannot_be_recalled',
      count: count(({ facts }) => facts.submissions.some(({ outcome }) => outcome === 'verified')),
    },
    { what: 'suppression', why: 'stops_later_imports', count: suppressed },
    { what: 'others_at_address', why: 'other_person', count: others },
  ];
  return kept.filter((one) => one.count > 0);
}
