import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { expect } from 'vitest';
import { issueAward } from '../../src/awards/issue-awards.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { runDue } from '../../src/jobs/runner.ts';
import { mailHandlers } from '../../src/mail/mail-handlers.ts';
import type { MailMessage, MailOutcome, MailPort } from '../../src/mail/mail-port.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import type { MailState } from '../../src/store/rows.ts';
import { type AddFlowFixture, awardInput, openAddFlow } from '../add-flow-fixture.ts';
import { awardOf, otherAward } from './mail-fixture.ts';

class Crash extends Error {}

/** What one worker process meets: after how many steps it dies or stands still, and what the mail server says to it. */
interface Fate {
  readonly stepsToDie: number;
  /** Its last step is done, but it never learns of it. */
  readonly doneAtDeath: boolean;
  /** Stands still there until the next one has worked, and then goes on, instead of dying. */
  readonly standsStill: boolean;
  readonly answers: readonly ('accepted' | 'deferred' | 'refused' | 'lost')[];
}

const fate: fc.Arbitrary<Fate> = fc.record({
  stepsToDie: fc.integer({ min: 1, max: 40 }),
  doneAtDeath: fc.boolean(),
  standsStill: fc.boolean(),
  answers: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant('accepted' as const) },
      { weight: 2, arbitrary: fc.constantFrom('deferred' as const, 'refused' as const, 'lost' as const) },
    ),
    { minLength: 1, maxLength: 5 },
  ),
});

/** The mail server's own book: what it took, whatever its sender learned of it. */
interface Book {
  readonly taken: MailMessage[];
  readonly refused: MailMessage[];
}

/** A process that dies, or stands still, at its n-th step into store or mail. */
class DoomedProcess {
  #steps: number;
  readonly #fate: Fate;
  #dead = false;
  #wake: () => void = () => undefined;
  readonly #stopped: () => void;

  constructor(given: Fate, stopped: () => void) {
    this.#fate = given;
    this.#steps = given.stepsToDie;
    this.#stopped = stopped;
  }

  wake(): void {
    this.#wake();
  }

  async step<T>(work: () => Promise<T>): Promise<T> {
    if (this.#dead) throw new Crash('gone');
    this.#steps -= 1;
    if (this.#steps !== 0) return work();
    const { standsStill, doneAtDeath } = this.#fate;
    if (!standsStill) {
      this.#dead = true;
      if (doneAtDeath) await work();
      throw new Crash('gone');
    }
    const early = doneAtDeath ? await work() : undefined;
    this.#stopped();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    return doneAtDeath ? (early as T) : work();
  }

  store(store: Store): Store {
    const guarded = <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...values: unknown[]) =>
            this.step(async () => Reflect.apply(member, target, values) as unknown);
        },
      });
    return {
      transaction: (work) => this.step(() => store.transaction(work)),
      read: guarded(store.read),
      limits: guarded(store.limits),
      jobs: guarded(store.jobs),
      sweep: (now) => store.sweep(now),
      close: () => store.close(),
    };
  }

  mail(book: Book): MailPort {
    let at = 0;
    return {
      send: (message) =>
        this.step(async (): Promise<MailOutcome> => {
          const answer = this.#fate.answers[at % this.#fate.answers.length];
          at += 1;
          if (answer === 'accepted' || answer === 'lost') book.taken.push(message);
          if (answer === 'refused') book.refused.push(message);
          if (answer === 'lost') throw new Error('the line is dead');
          return { outcome: answer ?? 'accepted' };
        }),
    };
  }
}

async function workDoomed(fixture: AddFlowFixture, given: Fate, book: Book) {
  let stopped: () => void = () => undefined;
  const standing = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  const doomed = new DoomedProcess(given, stopped);
  const { clock } = fixture;
  const store = doomed.store(fixture.store);
  const context: FlowContext = {
    ...fixture.context,
    store,
    mail: doomed.mail(book),
    mailLimits: { perMinute: 4 },
  };
  const ended = runDue(
    { store, clock, random: context.random, issuers: ['default'] },
    { budgetMs: 60_000, handlers: mailHandlers(context), concurrency: 3 },
  ).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error;
  });
  await Promise.race([ended, standing]);
  return { doomed, ended };
}

const people = 4;

proof(
  'mails over crashes and processes that stand still: sent + unknown + refused + not needed = all, and nothing is sent twice',
  { small: 60, full: 3_000 },
  async ({ size, seed }) => {
    const fixture = await openAddFlow();
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 6 }), async (fates) => {
        const store = createMemoryStore();
        const one: AddFlowFixture = { ...fixture, store, context: { ...fixture.context, store } };
        const book: Book = { taken: [], refused: [] };
        await issueEverything(one);
        let standing: DoomedProcess | undefined;
        const ends: Promise<unknown>[] = [];
        for (const given of fates) {
          const { doomed, ended } = await workDoomed(one, given, book);
          ends.push(ended);
          fixture.clock.advance(61_000);
          standing?.wake();
          standing = doomed;
        }
        standing?.wake();
        await Promise.all(ends);
        await finish(one, book);
        await check(one, book);
      }),
      { numRuns: size, seed },
    );
  },
);

/** Two runs: everybody is in the first, and half of them in the second, too. */
async function issueEverything({ context }: AddFlowFixture): Promise<void> {
  for (let at = 0; at < people; at += 1) {
    const input = awardInput(awardOf(`learner${at}@example.edu`, `first ${at}`));
    await issueAward(context, input, { runId: 'run-1', who: 'staff-7' });
    const another = { ...input, ...otherAward(`second ${at}`, 'Rigging') };
    if (at % 2 === 0) await issueAward(context, another, { runId: 'run-2', who: 'staff-7' });
  }
}

const jobs = people + people / 2;

/** A process that lives, and a mail server that takes everything, until nothing is due for days. */
async function finish({ context, store, clock }: AddFlowFixture, book: Book): Promise<void> {
  const mail: MailPort = {
    async send(message) {
      book.taken.push(message);
      return { outcome: 'accepted' };
    },
  };
  for (let round = 0; round < 4; round += 1) {
    clock.advance(5 * 3_600_000);
    await runDue(
      { store, clock, random: () => 0.5, issuers: ['default'] },
      { budgetMs: 60_000, handlers: mailHandlers({ ...context, mail }) },
    );
  }
}

async function check({ store }: AddFlowFixture, book: Book): Promise<void> {
  const counts = await store.read.countMailsByState('default');
  const { accepted = 0, unknown = 0, refused = 0, not_needed: notNeeded = 0, ...others } = counts;
  expect(others).toEqual({});
  expect(accepted + unknown + refused + notNeeded).toBe(jobs);
  expect(await store.jobs.dead('default', 10)).toEqual([]);

  const takenOf = (messageId: string) =>
    book.taken.filter((message) => message.messageId === messageId).length;
  for (const message of book.taken) expect(takenOf(message.messageId)).toBe(1);
  const rows = async (state: MailState) => store.read.mails('default', state, 100);
  for (const row of await rows('accepted')) expect(takenOf(row.messageId)).toBe(1);
  for (const row of [...(await rows('refused')), ...(await rows('not_needed'))])
    expect(takenOf(row.messageId)).toBe(0);
  for (const { messageId } of await rows('refused')) {
    expect(book.refused.some((message) => message.messageId === messageId)).toBe(true);
  }
}
