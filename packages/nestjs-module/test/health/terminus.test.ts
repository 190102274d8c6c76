import 'reflect-metadata';
import { createRequire } from 'node:module';
import type * as Common from '@nestjs/common';
import { Controller, Get, Inject, Module } from '@nestjs/common';
import type * as Core from '@nestjs/core';
import { NestFactory } from '@nestjs/core';
import type * as Terminus from '@nestjs/terminus';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import type { SeekPass } from '@seek-pass-kit/core';
import { type AddFlow, createMemoryStore } from '@seek-pass-kit/flows';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  getAddFlowToken,
  getSeekPassHealthToken,
  getSeekPassToken,
  InjectSeekPassHealth,
  SeekPassHealth,
  SeekPassModule,
  type SeekPassModuleOptions,
} from '../../src/index.ts';
import { sampleAward, sampleRun } from '../work/sample-awards.ts';
import { clientOf, openSandbox, optionsWithAddFlow } from '../work/sample-options.ts';

@Controller()
class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @InjectSeekPassHealth() private readonly seekPass: SeekPassHealth,
  ) {}

  @Get('health')
  @HealthCheck()
  check() {
    return this.health.check([() => this.seekPass.check()]);
  }

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.health.check([() => this.seekPass.check('issuing', { details: false })]);
  }
}

async function openApp(options: SeekPassModuleOptions) {
  @Module({
    imports: [TerminusModule, SeekPassModule.forRoot(options)],
    controllers: [HealthController],
  })
  class AppModule {}
  const app = await NestFactory.create(AppModule, { logger: false });
  onTestFinished(() => app.close());
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const probe = async (path = 'health') => {
    const response = await fetch(`${url}/${path}`);
    return { code: response.status, ...((await response.json()) as Record<string, unknown>) };
  };
  return { app, probe };
}

const send = async () => ({ outcome: 'accepted' }) as const;

describe('with @nestjs/terminus', () => {
  test('any number of probes asks SEEK Pass nothing, and looks at the store once a second', async () => {
    const sandbox = await openSandbox();
    const asked = () => sandbox.control.requests.list(1_000).length;
    const memory = createMemoryStore();
    let looks = 0;
    const backlog: typeof memory.jobs.backlog = (...of) => {
      looks += 1;
      return memory.jobs.backlog(...of);
    };
    const store = { ...memory, jobs: { ...memory.jobs, backlog } };
    const { probe } = await openApp(optionsWithAddFlow(sandbox, send, { store }));
    const startedAt = performance.now();
    for (let round = 0; round < 10; round += 1) await Promise.all(Array.from({ length: 20 }, () => probe()));
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(asked()).toBe(0);
    expect(looks).toBeLessThanOrEqual(Math.floor(seconds) + 1);
    expect(await probe()).toMatchObject({
      code: 200,
      status: 'ok',
      info: { seekPass: { status: 'up', store: 'ok', seekPass: 'unknown', work: 'ok' } },
    });
  });

  test('tells of SEEK Pass what the last real call met, and how old the token is', async () => {
    const sandbox = await openSandbox();
    const { app, probe } = await openApp(
      optionsWithAddFlow(sandbox, send, { scopes: ['write.microcredential'] }),
    );
    const seekPass = app.get<SeekPass>(getSeekPassToken(), { strict: false });
    await seekPass.status('unknown').catch(() => undefined);
    const asked = sandbox.control.requests.list(1_000).length;
    const { info } = (await probe()) as { info?: { seekPass?: { token?: object; lastCall?: object } } };
    expect(info?.seekPass).toMatchObject({
      seekPass: 'ok',
      token: { ageSeconds: expect.any(Number), expiresInSeconds: expect.any(Number) },
      lastCall: { ageSeconds: expect.any(Number) },
    });
    expect(sandbox.control.requests.list(1_000).length).toBe(asked);
  });

  test('tells strangers whether it serves, and no figure', async () => {
    const { probe } = await openApp(optionsWithAddFlow(await openSandbox(), send));
    expect(await probe('ready')).toMatchObject({ code: 200, details: { issuing: { status: 'up' } } });
    expect(JSON.stringify(await probe('ready'))).not.toMatch(/jobs|token|store/);
  });

  test('is down without its store, and comes back with it', async () => {
    const memory = createMemoryStore();
    let down = true;
    let now = Date.now();
    const backlog: typeof memory.jobs.backlog = async (...of) => {
      if (down) throw new Error('password of database: hunter2');
      return memory.jobs.backlog(...of);
    };
    const store = { ...memory, jobs: { ...memory.jobs, backlog } };
    const clock = { now: () => now, setTimer: () => () => undefined };
    const options = optionsWithAddFlow(await openSandbox(), send, { store, clock, worker: false });
    const { probe } = await openApp(options);
    const answer = await probe();
    expect(answer).toMatchObject({
      code: 503,
      error: { seekPass: { status: 'down', warnings: ['The store does not answer.'] } },
    });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    down = false;
    now += 1_000;
    expect(await probe()).toMatchObject({ code: 200 });
  });

  test('stays up with a warning when jobs are late', async () => {
    let now = Date.now();
    const clock = { now: () => now, setTimer: () => () => undefined };
    const waits = new Promise<never>(() => undefined);
    const { app, probe } = await openApp(optionsWithAddFlow(await openSandbox(), () => waits, { clock }));
    const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
    // The clock stands: the worker had its first look before, and never wakes again.
    await flow.award(sampleAward(1), sampleRun);
    now += 11 * 60_000;
    expect(await probe()).toMatchObject({
      code: 200,
      info: {
        seekPass: {
          status: 'up',
          warnings: ['Jobs or webhook events have waited for more than ten minutes.'],
          work: 'late',
          jobs: { due: 1, oldestDueSeconds: 660 },
        },
      },
    });
  });

  test('is down from the moment when the application begins to end, while jobs still run', async () => {
    let begun = false;
    let finish = (): void => undefined;
    const sending = new Promise<{ outcome: 'accepted' }>((resolve) => {
      finish = () => resolve({ outcome: 'accepted' });
    });
    const options = optionsWithAddFlow(await openSandbox(), () => {
      begun = true;
      return sending;
    });
    const { app } = await openApp(options);
    const health = app.get<SeekPassHealth>(getSeekPassHealthToken(), { strict: false });
    await app.get<AddFlow>(getAddFlowToken(), { strict: false }).award(sampleAward(1), sampleRun);
    await expect.poll(() => begun, { timeout: 20_000 }).toBe(true);
    const closed = app.close();
    await expect
      .poll(() => health.check())
      .toMatchObject({ seekPass: { status: 'down', warnings: ['This process is about to end.'] } });
    finish();
    await closed;
  });
});

test('a registration that is only a client has a health when it asks for one', async () => {
  const client = clientOf(await openSandbox());
  const healthOf = async (options: SeekPassModuleOptions) => {
    @Module({ imports: [SeekPassModule.forRoot(options)] })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
    onTestFinished(() => app.close());
    return app.get<SeekPassHealth>(getSeekPassHealthToken(), { strict: false });
  };
  expect(await (await healthOf({ ...client, health: true, logger: false })).check('api')).toEqual({
    api: { status: 'up', store: 'none', seekPass: 'unknown', work: 'none' },
  });
  const without = await healthOf(client);
  expect(() => without.check()).toThrow("SeekPassModule 'default' has no health: set its option health");
});

describe('with @nestjs/terminus of Nest 10 and 11', () => {
  /** What that version makes of an indicator that is down. */
  async function checked(major: '10' | '11', throwOnDown: boolean) {
    const fixture = createRequire(new URL(`../../fixtures/nest-${major}/package.json`, import.meta.url));
    const core = fixture('@nestjs/core') as typeof Core;
    const common = fixture('@nestjs/common') as typeof Common;
    const terminus = fixture('@nestjs/terminus') as typeof Terminus;
    @common.Module({ imports: [terminus.TerminusModule.forRoot({ logger: false })] })
    class AppModule {}
    const app = await core.NestFactory.createApplicationContext(AppModule, { logger: false });
    onTestFinished(() => app.close());
    const seekPass = new SeekPassHealth(async () => ({
      status: 'unavailable',
      store: 'unavailable',
      seekPass: 'unknown',
      work: 'ok',
    }));
    const answer = app
      .get(terminus.HealthCheckService)
      .check([() => seekPass.check('seekPass', { throwOnDown })]);
    return answer.then(
      ({ status }) => status,
      (error: { getStatus(): number; getResponse(): object }) => [error.getStatus(), error.getResponse()],
    );
  }

  test.each([
    ['10', true],
    ['11', false],
  ] as const)('down is a 503 on %s, with throwOnDown: %s', async (major, throwOnDown) => {
    expect(await checked(major, throwOnDown)).toEqual([
      503,
      expect.objectContaining({ error: { seekPass: expect.objectContaining({ status: 'down' }) } }),
    ]);
  });

  test('on 10 down is taken for well without throwOnDown', async () => {
    expect(await checked('10', false)).toBe('ok');
  });
});
