import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import type { AwardRow, HistoryRow } from '../store/rows.ts';
import { type AwardStanding, isHeld, standingOf } from './award-facts.ts';
import { openAward } from './open-award.ts';
import { sourceVersionOf } from './source-version.ts';

/** Where an award stands. Nothing personal: the host knows its key. */
export interface AwardSummary extends AwardStanding {
  readonly awardId: string;
  readonly version: number;
  readonly credentialType: string;
  readonly createdAt: number;
  /** Its recipient was changed: nobody can claim it before, in milliseconds since the epoch. Absent once that is past. */
  readonly heldUntil?: number;
}

/** Where an award stands, with everything that happened to it. */
export interface AwardStatus extends AwardSummary {
  /** Which version of the host's record it was made from, when the host gave one. */
  readonly sourceVersion?: string;
  /** Oldest first. */
  readonly history: readonly HistoryRow[];
}

/** {@link AwardStatus} of an award that is known by its id, with what the host calls it. */
export interface NamedAwardStatus extends AwardStatus {
  /** The host's own name of the award. Absent when its recipient was erased. */
  readonly key?: string;
}

/** Where the award of a business key stands, in its newest version. */
export async function awardStatus(context: FlowContext, key: string): Promise<AwardStatus | undefined> {
  const { issuer, lookupKey, store } = context;
  const [award] = await store.read.awardsByKey(issuer, [lookupHash(lookupKey, issuer, 'business_key', key)]);
  return award === undefined ? undefined : statusOf(context, award);
}

/** Where an award stands, and what the host calls it: for whoever was told of its id. */
export async function awardStatusById(
  context: FlowContext,
  awardId: string,
): Promise<NamedAwardStatus | undefined> {
  const { issuer, store } = context;
  const award = await store.read.award(issuer, awardId);
  if (award === undefined) return undefined;
  const recipient = await store.read.recipient(issuer, award.recipientId);
  const content = await openAward(context, recipient, award);
  return { ...(await statusOf(context, award)), ...(content === undefined ? {} : { key: content.key }) };
}

/**
 * Where the awards of business keys stand, each in its newest version, without their histories: for a page of a list. One look-up of the
 * store; keys that nothing was awarded under are left out.
 */
export async function awardStatuses(
  context: FlowContext,
  keys: readonly string[],
): Promise<ReadonlyMap<string, AwardSummary>> {
  const { issuer, lookupKey, store } = context;
  const keyOf = new Map(
    keys.map((key) => {
      const hash = lookupHash(lookupKey, issuer, 'business_key', key);
      return [Buffer.from(hash).toString('base64'), { key, hash }] as const;
    }),
  );
  if (keyOf.size === 0) return new Map();
  const awards = await store.read.awardsByKey(
    issuer,
    [...keyOf.values()].map(({ hash }) => hash),
  );
  return new Map(
    awards.flatMap((award) => {
      const found = keyOf.get(Buffer.from(award.keyHash).toString('base64'));
      return found === undefined ? [] : [[found.key, summaryOf(context, award)] as const];
    }),
  );
}

async function statusOf(context: FlowContext, award: AwardRow): Promise<AwardStatus> {
  const history = await context.store.read.history(context.issuer, award.id);
  const sourceVersion = sourceVersionOf(history);
  return {
    ...summaryOf(context, award),
    ...(sourceVersion === undefined ? {} : { sourceVersion }),
    history,
  };
}

function summaryOf({ clock }: FlowContext, award: AwardRow): AwardSummary {
  const { heldUntil } = award.facts;
  return {
    awardId: award.id,
    version: award.version,
    credentialType: award.credentialType,
    createdAt: award.createdAt,
    ...standingOf(award.facts),
    ...(heldUntil !== undefined && isHeld(award.facts, clock.now()) ? { heldUntil } : {}),
  };
}
