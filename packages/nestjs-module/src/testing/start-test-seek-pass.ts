import type { INestApplicationContext } from '@nestjs/common';
import type { Clock } from '@seek-pass-kit/core';
import { type Sandbox, type SandboxOptions, startSandbox } from '@seek-pass-kit/sandbox';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { MailCollector } from './mail-collector.ts';
import { type FailedWork, runDue } from './run-due.ts';
import { movableClock, type TimeStep } from './movable-clock.ts';
import { TestLearner } from './test-learner.ts';
import { type TestOptions, testOptions } from './test-options.ts';
import { TestWebhooks } from './test-webhooks.ts';

/** Settings of {@link startTestSeekPass}; none is required. */
export interface TestSeekPassOptions {
  /** Where the clock stands at first, in milliseconds since the epoch. Default: the time of the machine. */
  readonly now?: number;
  /** Of the sandbox: `moreClients` for an application with several registrations. */
  readonly sandbox?: Omit<SandboxOptions, 'machineNow' | 'stateFile'>;
}

/** SEEK Pass for a test: a sandbox in this process, and everything a registration needs to work with it. */
export interface TestSeekPass {
  /** SEEK Pass itself. `sandbox.control` sets faults, shows what was submitted and what a wallet holds. */
  readonly sandbox: Sandbox;
  /** The time of SEEK Pass and of the application. It stands still until {@link TestSeekPass.advance}. */
  readonly clock: Clock;
  /** What was mailed by a registration with {@link TestSeekPass.options}. */
  readonly mails: MailCollector;
  /** What learners do. */
  readonly learner: TestLearner;
  /** Events of SEEK Pass, rightly and wrongly signed. */
  readonly webhooks: TestWebhooks;
  /**
   * Options of a registration: an add flow with claim pages, a verify flow and a webhook inbox, over an empty store in memory. Each call makes
   * another store and other keys. `change` replaces single settings. With the `name` of a registration the paths of its pages and of its
   * receiver begin with it.
   */
  options(change?: TestOptions, name?: string): SeekPassModuleOptions;
  /** Moves the time. What falls due at SEEK Pass happens; what falls due in the application is for {@link TestSeekPass.runDue}. */
  advance(step: TimeStep): Promise<void>;
  /** Does all that is due in a registration, and what comes of it: mails leave, SEEK Pass is asked, handlers run. No worker does it in tests. */
  runDue(app: INestApplicationContext, name?: string): Promise<FailedWork>;
  /** Ends the sandbox. Close the application first. */
  close(): Promise<void>;
}

/**
 * Starts SEEK Pass for the tests of an application: offline, and without waiting.
 *
 * ```ts
 * const seekPass = await startTestSeekPass();
 * const testing = await Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(getSeekPassOptionsToken())
 *   .useValue(seekPass.options())
 *   .compile();
 * ```
 *
 * @throws {SandboxError} as `startSandbox`: `production_refused` under `NODE_ENV=production`.
 */
export async function startTestSeekPass({
  now = Date.now(),
  sandbox: sandboxOptions,
}: TestSeekPassOptions = {}): Promise<TestSeekPass> {
  // A whole second: HTTP's Date header has no more.
  const start = Math.floor(now / 1_000) * 1_000;
  const sandbox = await startSandbox({ ...sandboxOptions, machineNow: () => start });
  const { control } = sandbox;
  const clock = movableClock(() => control.clock.state().now);
  const mails = new MailCollector();
  const webhooks = new TestWebhooks({ clock, control });
  return {
    sandbox,
    clock,
    mails,
    webhooks,
    learner: new TestLearner(control),
    options: (change = {}, name) =>
      testOptions(sandbox, { clock, mails, secret: webhooks.secret }, change, name),
    async advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }) {
      control.clock.advance({ hours: 24 * days + hours, minutes, seconds });
      clock.moved();
      await control.webhooks.idle();
    },
    runDue,
    close: () => sandbox.close(),
  };
}
