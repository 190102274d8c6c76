import type { CommandContext } from '../command-context.ts';
import { today } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { callsOfHost, sumOf } from './call-counts.ts';
import { classOf, type Learner } from './class-of-learners.ts';
import { compareEnds } from './compare-ends.ts';
import { type PlayedDay, playGraduationDay } from './graduation-day.ts';
import { type PeakMemory, watchMemory } from './memory-watch.ts';
import { type Ground, openGround } from './rehearsal-ground.ts';
import { printRehearsal, type RehearsalReport } from './rehearsal-report.ts';
import { refuseRealEnvironment } from './stay-on-this-machine.ts';

/** Options of `seek-pass rehearse`. */
export interface RehearseOptions {
  readonly learners: number;
  readonly workers: number;
  readonly seed: number;
  readonly config?: string;
  readonly keep?: true;
  readonly json?: true;
}

/** Plays graduation day against a sandbox and says what it took, and whether every learner ended as planned. */
export async function runRehearsal(options: RehearseOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal, environment } = context;
  refuseRealEnvironment(environment);
  const stop = new AbortController();
  const left = options.keep === true ? 'what was made so far is kept' : 'nothing is left behind';
  void context.stopped().then(() => stop.abort(new CommandError('stopped', `Stopped: ${left}.`)));
  if (terminal.live) {
    terminal.note(terminal.noteColors.dim('Starting a sandbox, a database and the hosts.'));
  }
  // Ctrl+C reaches the hosts too: that they end while they start is no fault of theirs.
  const ground = await openGround(options, context).catch((error: unknown) => {
    stop.signal.throwIfAborted();
    throw error;
  });
  try {
    const report = await rehearse(ground, options, context, stop.signal);
    if (options.json === true) terminal.out(JSON.stringify(report));
    else printRehearsal(terminal, report);
    return report.verdict === 'as_planned' ? exitCodes.ok : exitCodes.problemsFound;
  } catch (error) {
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    await ground.close();
  }
}

async function rehearse(
  ground: Ground,
  { learners: size, seed, keep }: RehearseOptions,
  context: CommandContext,
  signal: AbortSignal,
): Promise<RehearsalReport> {
  const learners = classOf(size, seed);
  const { hosts, postgresPid } = ground;
  const memory = watchMemory({
    hosts: hosts.map(({ pid }) => pid),
    ...(postgresPid === undefined ? {} : { postgres: postgresPid }),
  });
  const startedAt = performance.now();
  let day: PlayedDay;
  let peak: PeakMemory;
  let totalMs: number;
  try {
    day = await playGraduationDay(ground, learners, context, { signal, today: today(context) });
  } finally {
    totalMs = Math.round(performance.now() - startedAt);
    peak = memory.stop();
  }
  return reportOf(ground, learners, { day, peak, totalMs, seed, keep: keep === true });
}

interface Played {
  readonly day: PlayedDay;
  readonly peak: PeakMemory;
  readonly totalMs: number;
  readonly seed: number;
  readonly keep: boolean;
}

async function reportOf(
  ground: Ground,
  learners: readonly Learner[],
  { day, peak, totalMs, seed, keep }: Played,
): Promise<RehearsalReport> {
  const { hosts, calls, sandbox, settings, registrar, failures } = ground;
  const ofHosts = await Promise.all(hosts.map(({ metrics }) => callsOfHost(metrics)));
  const asked = ofHosts.reduce((sum, host) => sum + host.asked, day.askedByRegistrar);
  const { requests, submissions } = sandbox.control.state().counts;
  const { plans, faults } = await compareEnds(ground, learners);
  const mailFaults =
    day.wrongMailboxes === 0
      ? {}
      : { 'a learner got more or fewer claim mails than planned': day.wrongMailboxes };
  const allFaults = { ...faults, ...mailFaults };
  return {
    verdict: Object.keys(allFaults).length === 0 ? 'as_planned' : 'not_as_planned',
    learners: learners.length,
    seed,
    workers: hosts.length,
    store: settings.config.store.embedded === undefined ? 'postgres' : 'embedded',
    totalMs,
    phases: day.phases,
    memory: peak,
    calls: {
      byOperation: sumOf([calls.counts, ...ofHosts.map((host) => host.calls)]),
      asked,
      fewestStatusCalls: Math.ceil(asked / idsPerCall),
      claims: ofHosts.reduce((sum, host) => sum + host.claims, 0),
      submissions,
      requestsAtSeekPass: requests,
    },
    mails: { ...day.mails, byState: await registrar.flow.mailCounts() },
    errors: sumOf([day.errors, failures, ...ofHosts.map((host) => host.failed)]),
    plans,
    faults: allFaults,
    ...(keep ? { kept: settings.folder } : {}),
  };
}

/** SEEK Pass takes so many ids in one status call. */
const idsPerCall = 30;
