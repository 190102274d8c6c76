import { fileURLToPath } from 'node:url';
import type { CredentialType } from '@seek-pass-kit/core';
import { type AddFlow, createMemoryStore } from '@seek-pass-kit/flows';
import { today } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import type { Settings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openFlow } from '../flow/open-flow.ts';
import { openMail } from '../flow/open-mail.ts';
import { humanLog } from '../serving/serve-log.ts';
import { startServing } from '../serving/start-serving.ts';
import { type AwardedLearners, awardLearners } from './award-learners.ts';
import { type Learners, readLearners } from './read-learners.ts';
import { printNextSteps, printTrial, trialJson, type TrialResult } from './trial-report.ts';
import { findSandbox, startOwnSandbox, type TrialSandbox } from './trial-sandbox.ts';
import { newTrialSettings, shareTrialSettings } from './trial-settings.ts';
import { openTrialStore } from './trial-store.ts';

/** Options of `seek-pass try`. */
export interface TryOptions {
  readonly type?: CredentialType;
  readonly delimiter?: string;
  readonly port: number;
  readonly once?: true;
  readonly json?: true;
}

/**
 * Awards the learners of a file, or of the sample, mails them into the inbox of a sandbox, and serves their claim pages
 * until it is told to stop.
 */
export async function runTrial(
  given: string | undefined,
  options: TryOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const file = given ?? sampleFile();
  const { type, delimiter } = options;
  const running = await findSandbox(context);
  const learners = await readLearners(file, { type, delimiter, today: today(context) });
  const stopped = options.once === true ? undefined : context.stopped();
  const sandbox = running ?? (await startOwnSandbox(options.port));
  const trial = { file, options, context, learners, sandbox };
  try {
    return stopped === undefined ? await tryOnce(trial) : await tryUntil(stopped, trial);
  } finally {
    await sandbox.own?.close();
  }
}

interface Trial {
  readonly file: string;
  readonly options: TryOptions;
  readonly context: CommandContext;
  readonly learners: Learners;
  readonly sandbox: TrialSandbox;
}

/** In memory: nobody can look at it afterwards. */
async function tryOnce(trial: Trial): Promise<ExitCode> {
  const settings = await newTrialSettings(trial.sandbox, brandNameOf(trial.learners), undefined);
  const mail = await openMail(settings);
  const opened = await openFlow(settings, { mail, store: createMemoryStore() });
  const { flow } = opened;
  try {
    const learners = await awardLearners(flow, trial.learners, trial.context);
    const mails = await sendMails(flow);
    return show(trial, resultOf(trial, settings, learners, { mails }));
  } finally {
    mail.close();
    await opened.close();
  }
}

async function tryUntil(stopped: Promise<void>, trial: Trial): Promise<ExitCode> {
  const { context, options } = trial;
  const { store, place } = await openTrialStore(context);
  const unshared = await newTrialSettings(trial.sandbox, brandNameOf(trial.learners), place);
  const shared = place === undefined ? undefined : await shareTrialSettings(unshared, place);
  const settings = shared ?? unshared;
  const log = humanLog(context.terminal);
  const mail = await openMail(settings);
  const opened = await openFlow(settings, {
    mail,
    store,
    onEvent: ({ type, awardId }) => log({ event: 'award', type, awardId }),
  });
  const { flow } = opened;
  try {
    const learners = await awardLearners(flow, trial.learners, context);
    const host = await startServing(opened, settings, {
      logger: log,
      drainMs: 0,
      alsoDo: () => askAtOnce(flow),
    });
    try {
      const result = resultOf(trial, settings, learners, shared === undefined ? {} : { config: shared.file });
      const code = show(trial, result);
      if (options.json !== true) printNextSteps(context.terminal, result);
      await stopped;
      return code;
    } finally {
      await host.close();
    }
  } finally {
    mail.close();
    await opened.close();
    await shared?.unshare();
  }
}

/** The institution that the file names first. */
function brandNameOf({ ready }: Learners): string {
  const fields: Readonly<Record<string, unknown>> = { ...ready[0]?.input.credential.fields };
  const name = fields['issuer_name'] ?? fields['education_provider'] ?? fields['test_provider'];
  return typeof name === 'string' ? name : 'Example University';
}

/** The planned polls begin after five minutes; whoever tries it out watches now, and the sandbox does not mind. */
async function askAtOnce(flow: AddFlow): Promise<void> {
  for await (const _ of flow.reconcile());
}

/** Mails everybody who is to be mailed, and says how many mails came to what. */
async function sendMails(flow: AddFlow): Promise<Readonly<Record<string, number>>> {
  const { issuer, store } = flow.context;
  for (;;) {
    const { jobs } = await flow.runDue({ budgetMs: 60_000 });
    if (jobs.ended !== 'out_of_time') return store.read.countMailsByState(issuer);
  }
}

type Rest = Pick<TrialResult, 'mails' | 'config'>;

function resultOf(
  { file, sandbox }: Trial,
  { config }: Settings,
  learners: AwardedLearners,
  rest: Rest,
): TrialResult {
  return { file, sandbox: sandbox.own, claimPages: config.claimBaseUrl, ...learners, ...rest };
}

function show({ options, context, learners }: Trial, result: TrialResult): ExitCode {
  if (options.json === true) context.terminal.out(trialJson(result));
  else printTrial(context.terminal, result);
  const { accepted: _, ...notAccepted } = result.mails ?? {};
  const allMailed = Object.values(notAccepted).every((count) => count === 0);
  const { awarded } = result;
  const allAwarded = awarded.length === learners.ready.length && awarded.length > 0;
  return allAwarded && allMailed ? exitCodes.ok : exitCodes.problemsFound;
}

/** The sample that comes with this package: a copy of `examples/learners.csv`. */
function sampleFile(): string {
  return fileURLToPath(new URL('learners.csv', import.meta.url));
}
