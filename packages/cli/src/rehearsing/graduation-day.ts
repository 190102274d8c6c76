import { randomUUID } from 'node:crypto';
import type { PollReport } from '@seek-pass-kit/flows';
import { brakeOf, type BulkFile, dryRun, issueBulk } from '@seek-pass-kit/flows/bulk';
import type { CommandContext } from '../command-context.ts';
import { startProgressBar } from '../terminal/progress-bar.ts';
import { csvOf, type Learner } from './class-of-learners.ts';
import { inLanes } from './in-lanes.ts';
import { InboxReader } from './inbox-reader.ts';
import { comesLate, onDayThree, onTheDay, type Surroundings } from './learner-journey.ts';
import { pause } from './pause.ts';
import type { Plan } from './plans.ts';
import type { Ground } from './rehearsal-ground.ts';

/** One part of the day. */
export interface Phase {
  readonly name: string;
  /** How many rows, mails, learners or submissions it was about. */
  readonly count: number;
  readonly ms: number;
}

/** What the day came to, as those who took part saw it. */
export interface PlayedDay {
  readonly phases: readonly Phase[];
  readonly mails: { readonly claim: number; readonly code: number };
  /** Learners whose mailbox does not hold the claim mails it should: one, or two for a new link. */
  readonly wrongMailboxes: number;
  /** What learners met, by kind: being told to wait (`429`), or a step that was not as expected. */
  readonly errors: Readonly<Record<string, number>>;
  /** Submissions that the registrar's process asked SEEK Pass about; the hosts tell theirs in their metrics. */
  readonly askedByRegistrar: number;
}

/** How many learners are on their way at the same time. */
const atOnce = 64;
/** For how long nothing may happen before something that is waited for is given up. */
const standstillMs = 60_000;
const lookEveryMs = 50;
/** So many ask SEEK Pass at the same time, as that many hosts would. */
const sweepers = 4;

/** Plays graduation day from the registrar's file to the last status, 50 hours of SEEK Pass's clock later. */
export async function playGraduationDay(
  ground: Ground,
  learners: readonly Learner[],
  context: CommandContext,
  { signal, today }: { readonly signal: AbortSignal; readonly today: string },
): Promise<PlayedDay> {
  const day = new Day(ground, learners, context, signal);
  try {
    return await day.play(today);
  } finally {
    day.close();
  }
}

class Day {
  readonly #ground: Ground;
  readonly #learners: readonly Learner[];
  readonly #context: CommandContext;
  readonly #signal: AbortSignal;
  readonly #inbox: InboxReader;
  readonly #around: Surroundings;
  readonly #phases: Phase[] = [];
  /** By key. */
  readonly #awardIds = new Map<string, string>();
  readonly #errors: Record<string, number> = {};
  #askedByRegistrar = 0;

  constructor(ground: Ground, learners: readonly Learner[], context: CommandContext, signal: AbortSignal) {
    const { control } = ground.sandbox;
    this.#ground = ground;
    this.#learners = learners;
    this.#context = context;
    this.#signal = signal;
    this.#inbox = new InboxReader(control.mails, ground.settings.config.claimBaseUrl);
    this.#around = {
      inbox: this.#inbox,
      wallet: control.learner,
      ports: ground.hosts.map(({ port }) => port),
      signal,
      onTrouble: (kind) => this.#count(kind),
    };
  }

  async play(today: string): Promise<PlayedDay> {
    const learners = this.#learners;
    await this.#issue(csvOf(learners, today));
    await this.#phase('Mails sent', learners.length, (done) => this.#mailed(learners.length, done));
    await this.#changeMinds();
    await this.#phase('Claims', learners.length, (done) => this.#each(learners, onTheDay, done));
    await this.#sweep('Statuses, 6 minutes later', { minutes: 6 });
    await this.#sweep('Statuses, 50 hours later', { hours: 50 });
    const late = learners.filter(comesLate);
    await this.#phase('Claims on day 3', late.length, (done) => this.#each(late, onDayThree, done));
    await this.#sweep('Statuses, 6 minutes later', { minutes: 6 });
    await this.#settled();
    this.#inbox.read();
    return {
      phases: this.#phases,
      mails: this.#inbox.counts,
      wrongMailboxes: learners.filter(
        ({ email, plan }) =>
          this.#inbox.countFor(email, 'claim') !== (plan === 'follows_a_dead_link' ? 2 : 1),
      ).length,
      errors: this.#errors,
      askedByRegistrar: this.#askedByRegistrar,
    };
  }

  close(): void {
    this.#inbox.close();
  }

  /** As `seek-pass award` does it: looks through the file, lets ten out, waits for their mails, and issues the others. */
  async #issue(csv: string): Promise<void> {
    const { flow } = this.#ground.registrar;
    const bytes = new TextEncoder().encode(csv);
    const file: BulkFile = {
      async *open() {
        yield bytes;
      },
    };
    const size = this.#learners.length;
    const planned = await this.#phase('Dry run', size, (done) =>
      dryRun(flow.context, file, { onProgress: ({ rows }) => done(rows) }),
    );
    await this.#phase('Awards stored', size, (done) =>
      issueBulk(flow.context, file, planned, {
        who: this.#context.who,
        confirmed: brakeOf(planned).awards,
        canaryPassed: async (canary) => {
          await this.#mailed(canary.length);
          return true;
        },
        onRow: ({ key, awardId, result }) => {
          this.#signal.throwIfAborted();
          if (awardId !== undefined) this.#awardIds.set(key, awardId);
          else this.#count(`a row was ${result}`);
        },
        onProgress: ({ rows }) => done(rows),
      }),
    );
  }

  /** Waits until so many claim mails have arrived. */
  async #mailed(count: number, done: (count: number) => void = () => undefined): Promise<void> {
    await this.#until(() => {
      done(this.#inbox.counts.claim);
      return { reached: this.#inbox.counts.claim >= count, at: this.#inbox.counts.claim };
    }, 'claim mails did not arrive');
  }

  /** The registrar takes some awards back, and makes new links for others. */
  async #changeMinds(): Promise<void> {
    const { who } = this.#context;
    const { flow } = this.#ground.registrar;
    const awardIdsOf = (plan: Plan): string[] =>
      this.#learners.flatMap((learner) => {
        const awardId = learner.plan === plan ? this.#awardIds.get(learner.key) : undefined;
        return awardId === undefined ? [] : [awardId];
      });
    const [wrong, anew] = [awardIdsOf('is_withdrawn'), awardIdsOf('follows_a_dead_link')];
    await this.#phase('Withdrawn, new links', wrong.length + anew.length, async () => {
      await inLanes(wrong, 8, async (awardId) => {
        await flow.withdraw({ awardId, who, reason: 'issued_in_error' });
      });
      await inLanes(anew, 8, async (awardId) => {
        await flow.rotateLink({ awardId, who });
        await flow.resendMail({ awardId, who });
      });
      await this.#mailed(this.#learners.length + anew.length);
    });
  }

  async #each(
    learners: readonly Learner[],
    go: (learner: Learner, around: Surroundings) => Promise<void>,
    done: (count: number) => void,
  ): Promise<void> {
    let count = 0;
    await inLanes(learners, atOnce, async (learner) => {
      await go(learner, this.#around).catch((error: unknown) => {
        this.#signal.throwIfAborted();
        this.#count(`${learner.plan}: ${error instanceof Error ? error.message : String(error)}`);
      });
      count += 1;
      done(count);
    });
  }

  /** Moves SEEK Pass's clock, and asks about everything that is due by then. The hosts do it too, as soon as they notice the time. */
  async #sweep(name: string, step: { readonly hours?: number; readonly minutes?: number }): Promise<void> {
    const { sandbox, registrar } = this.#ground;
    const { flow, seekPass } = registrar;
    sandbox.control.clock.advance(step);
    // A call, so that the registrar's process learns what time it is at SEEK Pass.
    await seekPass.statuses([randomUUID()]);
    const { submitted: open = 0 } = await flow.counts();
    await this.#phase(name, open, async (done) => {
      let asked = 0;
      await inLanes(
        Array.from({ length: sweepers }, (_, lane) => lane),
        sweepers,
        async () => {
          for (let ended: PollReport['ended'] | undefined; ended !== 'nothing_due'; ) {
            this.#signal.throwIfAborted();
            const report = await flow.poll({ budgetMs: 500, signal: this.#signal });
            ended = report.ended;
            asked += report.asked;
            done(asked);
            if (report.ended !== 'failed') continue;
            this.#count(`polling: ${report.error?.code ?? 'failed'}`);
            await pause(1_000);
          }
        },
      );
      this.#askedByRegistrar += asked;
    });
  }

  /** What a worker has taken and not recorded yet is awaited. */
  async #settled(): Promise<void> {
    const { flow } = this.#ground.registrar;
    for (const until = performance.now() + standstillMs; performance.now() < until; ) {
      this.#signal.throwIfAborted();
      const { submitted = 0 } = await flow.counts();
      if (submitted === 0) return;
      await flow.poll({ budgetMs: 500, signal: this.#signal });
      await pause(lookEveryMs);
    }
  }

  /** Times a part of the day and shows how far it is. */
  async #phase<Result>(
    name: string,
    count: number,
    work: (done: (count: number) => void) => Promise<Result>,
  ): Promise<Result> {
    this.#signal.throwIfAborted();
    const { terminal, now } = this.#context;
    const bar = startProgressBar(terminal, { label: name, now });
    const startedAt = performance.now();
    try {
      const result = await work((done) => bar.show({ done: Math.min(done, count), total: count }));
      this.#phases.push({ name, count, ms: Math.round(performance.now() - startedAt) });
      return result;
    } finally {
      bar.end();
    }
  }

  /** Looks again and again until something is reached; gives up when it stands still, and counts that as an error. */
  async #until(
    look: () => { readonly reached: boolean; readonly at: number },
    trouble: string,
  ): Promise<void> {
    let [last, since] = [-1, performance.now()];
    for (;;) {
      this.#signal.throwIfAborted();
      const { reached, at } = look();
      if (reached) return;
      if (at !== last) [last, since] = [at, performance.now()];
      if (performance.now() - since > standstillMs) return this.#count(trouble);
      await pause(lookEveryMs);
    }
  }

  #count(kind: string): void {
    this.#errors[kind] = (this.#errors[kind] ?? 0) + 1;
  }
}
