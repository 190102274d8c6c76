import 'reflect-metadata';
import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { SeekPass } from '@seek-pass-kit/core';
import { type AddFlow, createMemoryStore, type MailOutcome } from '@seek-pass-kit/flows';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  getAddFlowToken,
  getSeekPassToken,
  SeekPassModule,
  type SeekPassModuleOptions,
} from '../../src/index.ts';
import { sampleAward, sampleRun } from './sample-awards.ts';
import { openSandbox, optionsWithAddFlow } from './sample-options.ts';

const accepted: MailOutcome = { outcome: 'accepted' };

async function openApp(...registrations: Array<SeekPassModuleOptions & { readonly name?: string }>) {
  @Module({ imports: registrations.map((options) => SeekPassModule.forRoot(options)) })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  onTestFinished(() => app.close());
  return app;
}

/** As made for an HTTP server: it starts with `init()`. */
async function openUnstarted(options: SeekPassModuleOptions) {
  @Module({ imports: [SeekPassModule.forRoot(options)] })
  class AppModule {}
  return NestFactory.create(AppModule, { logger: false, abortOnError: false });
}

describe('the worker of a registration', () => {
  test('does what is due by itself', async () => {
    const sent: string[] = [];
    const options = optionsWithAddFlow(await openSandbox(), async ({ to }) => {
      sent.push(to.address);
      return accepted;
    });
    const app = await openApp(options);
    const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
    await flow.award(sampleAward(1), sampleRun);
    await expect.poll(() => sent, { timeout: 20_000 }).toEqual(['lan.1@example.edu']);
  });

  test('is off where it is told so, and another process over the same store does it', async () => {
    const sent: string[] = [];
    const web = optionsWithAddFlow(
      await openSandbox(),
      async () => {
        sent.push('by the web process');
        return accepted;
      },
      { worker: false },
    );
    const app = await openApp(web);
    await app.get<AddFlow>(getAddFlowToken(), { strict: false }).award(sampleAward(1), sampleRun);
    const { addFlow, worker: _off, ...rest } = web;
    if (addFlow === undefined) return;
    const send = async () => {
      sent.push('by the worker');
      return accepted;
    };
    await openApp({ ...rest, addFlow: { ...addFlow, mail: { send } } });
    await expect.poll(() => sent, { timeout: 20_000 }).toEqual(['by the worker']);
  });

  test('ends with the job that runs, and begins none after that', async () => {
    const happened: string[] = [];
    let finish = (): void => undefined;
    const sending = new Promise<void>((begin) => {
      finish = begin;
    });
    const options = optionsWithAddFlow(await openSandbox(), async ({ to }) => {
      happened.push(`begins ${to.address}`);
      await sending;
      happened.push('ends');
      return accepted;
    });

    @Injectable()
    class Database implements OnApplicationShutdown {
      onApplicationShutdown(): void {
        happened.push('the pool of the application closes');
      }
    }
    @Module({ imports: [SeekPassModule.forRoot(options)], providers: [Database] })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
    const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
    await flow.award(sampleAward(1), sampleRun);
    await expect.poll(() => happened, { timeout: 20_000 }).toHaveLength(1);
    const closed = app.close();
    await flow.award(sampleAward(2), sampleRun);
    finish();
    await closed;
    expect(happened.filter((line) => line === 'ends').length).toBe(
      happened.filter((line) => line.startsWith('begins')).length,
    );
    expect(happened.at(-1)).toBe('the pool of the application closes');
  });

  test('breaks off what takes longer than the grace time, and says so', async () => {
    const log: object[] = [];
    let sends = 0;
    const hanging = optionsWithAddFlow(
      await openSandbox(),
      () => {
        sends += 1;
        return new Promise(() => undefined);
      },
      {
        worker: { graceMs: 50 },
        logger: {
          log: (entry: object) => log.push(entry),
          warn: (entry: object) => log.push(entry),
          error: (entry: object) => log.push(entry),
        },
      },
    );
    const app = await openApp(hanging);
    const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
    await flow.award(sampleAward(1), sampleRun);
    await expect.poll(() => sends, { timeout: 20_000 }).toBe(1);
    await app.close();
    expect(log.slice(-2)).toEqual([{ event: 'draining' }, { event: 'closed', inTime: false }]);
    expect(await flow.mailCounts()).toMatchObject({ sending: 1 });
  });

  test.each([
    ['without metrics', {}],
    ['with a port for metrics', { metrics: { port: 0 } }],
  ])('begins nothing when the application is closed while it starts, %s', async (_what, change) => {
    const store = createMemoryStore();
    const asked: string[] = [];
    const jobs: typeof store.jobs = {
      ...store.jobs,
      claim(request) {
        asked.push(...request.issuers);
        return store.jobs.claim(request);
      },
    };
    const tell = (line: { event: string }) => void asked.push(line.event);
    const options = optionsWithAddFlow(await openSandbox(), async () => accepted, {
      store: { ...store, jobs },
      logger: { log: tell, warn: tell, error: tell },
      ...change,
    });
    const app = await openUnstarted(options);
    const started = app.init();
    await app.close();
    await started;
    // Its first turn comes at once, and what it says of signals after a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(asked).toEqual([]);
  });

  test('of several registrations drains with the others, not after them', async () => {
    const sandbox = await openSandbox();
    const events: string[] = [];
    const names = ['default', 'hr', 'med'];
    let begun = 0;
    const app = await openApp(
      ...names.map((name) => ({
        ...optionsWithAddFlow(
          sandbox,
          async () => {
            begun += 1;
            return new Promise<MailOutcome>(() => undefined);
          },
          {
            worker: { graceMs: 300 },
            logger: {
              log: (entry: { event: string }) => events.push(`${name} ${entry.event}`),
              warn: () => undefined,
              error: () => undefined,
            },
          },
        ),
        name,
      })),
    );
    for (const name of names)
      await app.get<AddFlow>(getAddFlowToken(name), { strict: false }).award(sampleAward(1), sampleRun);
    await expect.poll(() => begun, { timeout: 20_000 }).toBe(3);
    await app.close();
    const drained = events.filter((line) => / (draining|closed)$/.test(line));
    expect(drained.slice(0, 3).sort()).toEqual(names.map((name) => `${name} draining`));
  });

  test.each([
    ['worker.graceMs', { worker: { graceMs: -1 } }],
    ['worker.graceMs', { worker: { graceMs: Number.NaN } }],
    ['metrics.port', { metrics: { port: 70_000 } }],
    ['metrics.port', { metrics: { port: 94.64 } }],
  ])('a wrong %s stops the start: %j', async (setting, change) => {
    const options = optionsWithAddFlow(await openSandbox(), async () => accepted, change);
    await expect(openApp(options)).rejects.toThrow(`SeekPassModule 'default': ${setting} must be`);
  });
});

test('a service with the token of the flow still reaches it while the worker drains', async () => {
  const sandbox = await openSandbox();
  let drained: unknown;
  @Injectable()
  class Registrar {
    constructor(@Inject(getAddFlowToken()) readonly flow: AddFlow) {}
    async beforeApplicationShutdown(): Promise<void> {
      drained = await this.flow.counts();
    }
  }
  @Module({
    imports: [SeekPassModule.forRoot(optionsWithAddFlow(sandbox, async () => accepted))],
    providers: [Registrar],
  })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  await app.close();
  expect(drained).toEqual({});
});

test('what fails to end keeps nothing else open, and its line holds no message', async () => {
  const log: object[] = [];
  const tell = (line: object) => void log.push(line);
  const store = createMemoryStore();
  const options = optionsWithAddFlow(await openSandbox(), async () => accepted, {
    store,
    worker: false,
    logger: { log: tell, warn: tell, error: tell },
    metrics: {
      telemetry: {
        metrics: {
          getMeter: () => ({
            createObservableGauge: () => ({}),
            createObservableCounter: () => ({}),
            addBatchObservableCallback: () => undefined,
            removeBatchObservableCallback: () => {
              throw new TypeError('hunter2');
            },
          }),
        },
      },
    },
  });
  const app = await openApp(options);
  const seekPass = app.get<SeekPass>(getSeekPassToken(), { strict: false });
  await app.close();
  expect(log).toEqual([{ event: 'close_failed', error: 'TypeError' }]);
  await expect(seekPass.status('any')).rejects.toMatchObject({ code: expect.any(String) });
});
