import { createNamespace } from '@seek-pass-kit/core';
import { issueAward } from '../../../src/awards/issue-awards.ts';
import { SealedRecords } from '../../../src/awards/sealed-records.ts';
import { withdraw } from '../../../src/awards/withdraw.ts';
import { generateClaimKey, readClaimKey } from '../../../src/claims/claim-key.ts';
import { submitClaim } from '../../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../../src/flow-context.ts';
import { generateKeyRing, keyRingFromText } from '../../../src/keys/key-ring.ts';
import { pollSubmissions } from '../../../src/polling/poll-submissions.ts';
import type { Store } from '../../../src/store/ports.ts';
import { awardInput, microcredential, sampleRun } from '../../add-flow-fixture.ts';
import type { Pace } from '../../proofs/pace.ts';
import type { Place } from '../../proofs/place.ts';
import { StandingClock } from '../../standing-clock.ts';
import { type Loss, SeekPassModel } from './seek-pass-model.ts';
import type { Step } from './steps.ts';

const keys = keyRingFromText(generateKeyRing());
const namespace = createNamespace({ environment: 'sandbox', clientId: 'sandbox-model' });
const claimKeys = [readClaimKey(generateClaimKey())];
const hour = 3_600_000;

/** What is given to a life: what happens, which calls get lost, and whose turn it is. */
export interface Fate extends Pace<Step['actor']> {
  readonly steps: readonly Step[];
  readonly lost: readonly Loss[];
}

/** How a life ended. */
export interface Lived {
  readonly context: FlowContext;
  readonly model: SeekPassModel;
  /** The versions of the award, first one first, and how the link of each was closed. */
  readonly versions: ReadonlyArray<{
    readonly awardId: string;
    readonly closure?: 'withdrawn' | 'superseded';
  }>;
}

/** Lets all steps happen to one award, then time pass until nothing is open. */
export async function live({ store, issuer }: Place, { steps, lost, turn, all }: Fate): Promise<Lived> {
  let settling = false;
  const clock = new StandingClock();
  const wait = async () => {
    if (!settling) await turn();
  };
  const model = new SeekPassModel(() => clock.now(), wait, lost);
  const context = contextOver(store, issuer, model, clock);
  const versions: Array<{ awardId: string; closure?: 'withdrawn' | 'superseded' }> = [];
  const issue = async (): Promise<void> => {
    const credential = microcredential({
      issue_date: `2026-02-${String(versions.length + 1).padStart(2, '0')}`,
    });
    const issued = await issueAward(context, awardInput({ credential }), sampleRun);
    if (issued.result === 'refused') return;
    const former = versions.at(-1);
    if (former !== undefined) former.closure = 'superseded';
    versions.push({ awardId: issued.awardId });
  };
  await issue();
  const busy = { clicks: 0 };
  const take = async (one: Step): Promise<void> => {
    await wait();
    switch (one.act) {
      case 'click': {
        const awardId = versions.at(one.link === 'first' ? 0 : -1)?.awardId ?? '';
        busy.clicks += 1;
        await submitClaim(context, { awardId, generation: 1, again: one.again });
        busy.clicks -= 1;
        return;
      }
      case 'poll':
        await pollSubmissions(context, { budgetMs: 1 });
        return;
      case 'withdraw': {
        const newest = versions.at(-1);
        if (newest === undefined) return;
        newest.closure = 'withdrawn';
        await withdraw(context, { awardId: newest.awardId, reason: 'revoked', who: 'staff-7' });
        return;
      }
      case 'correct':
        await issue();
        return;
      case 'finish':
      case 'decline':
        model.end(one.act === 'finish' ? 'verified' : 'canceled');
        return;
      case 'pass':
        // A call has a deadline of seconds: the margin around the 48 hours is for these.
        while (busy.clicks > 0) await wait();
        clock.advance(one.hours * hour);
    }
  };
  await all(async (actor) => {
    for (const one of steps) if (actor === undefined || one.actor === actor) await take(one);
  });
  settling = true;
  for (let passes = 0; passes < 6; passes += 1) {
    clock.advance(24 * hour);
    await pollSubmissions(context, { budgetMs: 1 });
  }
  return { context, model, versions };
}

function contextOver(store: Store, issuer: string, model: SeekPassModel, clock: StandingClock): FlowContext {
  return {
    issuer,
    seekPass: {
      add: async ({ id }) => ({ id, redirectUri: await model.add(id), response: {} }),
      statuses: (ids) => model.statuses([...ids]),
      now: () => clock.now(),
    },
    environment: 'sandbox',
    clientId: 'sandbox-model',
    redirectOrigin: 'https://seek-pass.example',
    store,
    records: new SealedRecords(keys),
    lookupKey: keys.lookupKey,
    namespace,
    claimKeys,
    claimBaseUrl: 'https://credentials.example.edu/claim',
    brand: { name: 'Example University' },
    defaultLocale: 'en',
    mail: { send: async () => ({ outcome: 'accepted' }) },
    clock,
    random: () => 0.5,
    keyBackupDays: 30,
    retention: {},
  };
}
