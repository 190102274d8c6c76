import {
  createNamespace,
  submissionLifeMs,
  type SubmissionStatus,
  UnavailableError,
} from '@seek-pass-kit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awardEventKind } from '../../src/awards/award-event.ts';
import { standingOf } from '../../src/awards/award-facts.ts';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { SealedRecords } from '../../src/awards/sealed-records.ts';
import type { SubmissionOutcome } from '../../src/awards/submission-outcome.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { generateClaimKey, readClaimKey } from '../../src/claims/claim-key.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { awardInput, sampleRun, StandingClock } from '../add-flow-fixture.ts';

/** Who acts: each does one thing after the other, all of them at the same time. */
type Step =
  | { readonly actor: 'learner' | 'second tab'; readonly act: 'click'; readonly again: boolean }
  | { readonly actor: 'wallet'; readonly act: 'finish' | 'decline' }
  | { readonly actor: 'worker' | 'second worker'; readonly act: 'poll' }
  | { readonly actor: 'staff'; readonly act: 'withdraw' }
  | { readonly actor: 'time'; readonly act: 'pass'; readonly hours: number };

type Loss = 'none' | 'before' | 'after';

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: click('learner') },
  { weight: 2, arbitrary: click('second tab') },
  {
    weight: 2,
    arbitrary: fc.record({
      actor: fc.constant('wallet' as const),
      act: fc.constantFrom('finish' as const, 'decline' as const),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ actor: 'worker', act: 'poll' } as const) },
  { weight: 2, arbitrary: fc.constant({ actor: 'second worker', act: 'poll' } as const) },
  { weight: 1, arbitrary: fc.constant({ actor: 'staff', act: 'withdraw' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      actor: fc.constant('time' as const),
      act: fc.constant('pass' as const),
      hours: fc.constantFrom(0.2, 24, 47.8, 49),
    }),
  },
);

function click(actor: 'learner' | 'second tab') {
  return fc.record({ actor: fc.constant(actor), act: fc.constant('click' as const), again: fc.boolean() });
}

/** SEEK Pass as documented, for one learner; every call waits for its turn before and after it takes effect. */
class SeekPassModel {
  readonly submissions = new Map<
    string,
    { status: string; createdAt: number; finalizedAt?: number; created: number }
  >();
  readonly #now: () => number;
  readonly #turn: () => Promise<void>;
  readonly #losses: Loss[];

  constructor(now: () => number, turn: () => Promise<void>, losses: readonly Loss[]) {
    this.#now = now;
    this.#turn = turn;
    this.#losses = [...losses];
  }

  async add(id: string): Promise<string> {
    const loss = this.#losses.shift() ?? 'none';
    await this.#turn();
    if (loss === 'before') throw new UnavailableError('lost on the way');
    this.#expire();
    const known = this.submissions.get(id);
    if (known === undefined || this.#now() >= known.createdAt + submissionLifeMs) {
      const created = (known?.created ?? 0) + 1;
      this.submissions.set(id, { status: 'incomplete', createdAt: this.#now(), created });
    }
    await this.#turn();
    if (loss === 'after') throw new UnavailableError('lost on the way back');
    return id;
  }

  async statuses(ids: readonly string[]): Promise<SubmissionStatus[]> {
    await this.#turn();
    this.#expire();
    const found = ids.map((id): SubmissionStatus => {
      const known = this.submissions.get(id);
      if (known === undefined) return { id, status: 'not_reported' };
      const { status, finalizedAt } = known;
      return finalizedAt === undefined
        ? { id, status }
        : { id, status, finalizedAt: new Date(finalizedAt).toISOString() };
    });
    await this.#turn();
    return found;
  }

  /** The learner ends the newest open submission. */
  end(status: 'verified' | 'canceled'): void {
    this.#expire();
    const open = [...this.submissions.values()].findLast((submission) => submission.status === 'incomplete');
    if (open !== undefined) Object.assign(open, { status, finalizedAt: this.#now() });
  }

  #expire(): void {
    for (const submission of this.submissions.values()) {
      const end = submission.createdAt + submissionLifeMs;
      if (submission.status === 'incomplete' && end <= this.#now()) {
        Object.assign(submission, { status: 'canceled', finalizedAt: end });
      }
    }
  }
}

const keys = keyRingFromText(generateKeyRing());
const namespace = createNamespace({ environment: 'sandbox', clientId: 'sandbox-model' });
const claimKeys = [readClaimKey(generateClaimKey())];

function contextOver(model: SeekPassModel, clock: StandingClock): FlowContext {
  return {
    issuer: 'default',
    seekPass: {
      add: async ({ id }) => ({ id, redirectUri: await model.add(id), response: {} }),
      statuses: (ids) => model.statuses([...ids]),
      now: () => clock.now(),
    },
    environment: 'sandbox',
    clientId: 'sandbox-model',
    redirectOrigin: 'https://seek-pass.example',
    store: createMemoryStore(),
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
  };
}

const hour = 3_600_000;
const full = process.env['PROVE'] === 'full';
const timeoutMs = full ? 900_000 : 30_000;
const losses = fc.array(fc.constantFrom<Loss>('none', 'none', 'before', 'after'), { maxLength: 6 });

/** Lets all steps happen, then time pass until nothing is open, and compares. */
async function live(
  steps: readonly Step[],
  lost: readonly Loss[],
  turn: () => Promise<void>,
  all: (acting: (actor?: Step['actor']) => Promise<void>) => Promise<void>,
): Promise<void> {
  let settling = false;
  const clock = new StandingClock();
  const wait = async () => {
    if (!settling) await turn();
  };
  const model = new SeekPassModel(() => clock.now(), wait, lost);
  const context = contextOver(model, clock);
  const issued = await issueAward(context, awardInput(), sampleRun);
  const awardId = issued.result === 'refused' ? '' : issued.awardId;
  const busy = { clicks: 0 };
  const take = async (one: Step): Promise<void> => {
    await wait();
    switch (one.act) {
      case 'click':
        busy.clicks += 1;
        await submitClaim(context, { awardId, generation: 1, again: one.again });
        busy.clicks -= 1;
        return;
      case 'poll':
        await pollSubmissions(context, { budgetMs: 1 });
        return;
      case 'withdraw':
        await withdraw(context, { awardId, reason: 'revoked', who: 'staff-7' });
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
  const withdrawn = steps.some(({ act }) => act === 'withdraw');
  await expectConverged(context, model, awardId, withdrawn);
}

describe('click, poll, expiry, withdrawal and lost calls end in the one state that SEEK Pass has', () => {
  it('in any order', { timeout: timeoutMs }, async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20, size: 'max' }), losses, (steps, lost) =>
        live(
          steps,
          lost,
          async () => undefined,
          (acting) => acting(),
        ),
      ),
      { numRuns: full ? 50_000 : 500 },
    );
  });

  it('at the same time, however their calls interleave', { timeout: timeoutMs }, async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(step, { minLength: 4, maxLength: 14, size: 'max' }),
        losses,
        (s, steps, lost) =>
          live(
            steps,
            lost,
            () => s.schedule(Promise.resolve()),
            async (acting) => {
              const actors = [...new Set(steps.map(({ actor }) => actor))];
              await s.waitFor(Promise.all(actors.map((actor) => acting(actor))));
            },
          ),
      ),
      { numRuns: full ? 20_000 : 400 },
    );
  });
});

async function expectConverged(
  { store, clock }: FlowContext,
  model: SeekPassModel,
  awardId: string,
  withdrawn: boolean,
): Promise<void> {
  const submissions = await store.read.submissions('default', awardId);
  for (const { created } of model.submissions.values()) expect(created).toBe(1);
  for (const id of model.submissions.keys())
    expect(submissions.some((stored) => stored.id === id)).toBe(true);

  const expected = submissions.map(({ id, submittedAt }): SubmissionOutcome => {
    const there = model.submissions.get(id);
    if (there?.status === 'verified') return 'verified';
    const ended = there?.finalizedAt ?? Number.POSITIVE_INFINITY;
    return ended < submittedAt + 47.75 * hour ? 'declined' : 'expired';
  });
  expect(submissions.map(({ outcome }) => outcome)).toEqual(expected);
  expect(submissions.every(({ nextPollAt }) => nextPollAt === null)).toBe(true);

  const award = await store.read.award('default', awardId);
  const facts = expected.map((outcome, at) => ({ attempt: at + 1, outcome }));
  expect(award?.facts).toEqual({ submissions: facts, ...(withdrawn ? { linkClosure: 'withdrawn' } : {}) });
  expect(award && standingOf(award.facts).state === 'withdrawn').toBe(withdrawn);

  const history = await store.read.history('default', awardId);
  expect(history).toHaveLength(1 + Number(withdrawn) + 2 * submissions.length);
  const request = { issuers: ['default'], kinds: [awardEventKind], limit: 99, leaseMs: 1, now: clock.now() };
  expect(await store.jobs.claim(request)).toHaveLength(submissions.length);
}
