import 'reflect-metadata';
import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { pino } from 'pino';
import { Logger as PinoLogger, PinoLogger as PinoOfRequest } from 'nestjs-pino';
import { afterEach, expect, test } from 'vitest';
import { openLog } from '../../src/logging/open-log.ts';

type Line = readonly [level: string, ...given: unknown[]];

/** A logger of an application, as `app.useLogger` takes it. */
function collector(): LoggerService & { readonly lines: Line[] } {
  const lines: Line[] = [];
  const at =
    (level: string) =>
    (...given: unknown[]): void => {
      lines.push([level, ...given]);
    };
  return { lines, log: at('log'), warn: at('warn'), error: at('error'), debug: at('debug') };
}

afterEach(() => Logger.overrideLogger(new ConsoleLogger()));

test('lines are objects, at the level of what they tell, under the name of the registration', async () => {
  const nest = collector();
  Logger.overrideLogger(nest);
  const log = await openLog('default', undefined);
  log({ event: 'award', type: 'added', awardId: 'a1' });
  log({ event: 'award', type: 'rejected', awardId: 'a2' });
  (await openLog('hr', undefined))({
    event: 'claim_failed',
    route: '/claim',
    error: 'TypeError',
    awardId: 'a3',
  });
  expect(nest.lines).toEqual([
    ['log', { event: 'award', type: 'added', awardId: 'a1' }, 'SeekPass'],
    ['warn', { event: 'award', type: 'rejected', awardId: 'a2' }, 'SeekPass'],
    ['error', { event: 'claim_failed', route: '/claim', error: 'TypeError', awardId: 'a3' }, 'SeekPass(hr)'],
  ]);
});

test('nothing that may be personal gets through', async () => {
  const given = collector();
  const log = await openLog('hr', given);
  log({
    event: 'claim_failed',
    route: '/claim/secret token',
    error: 'no mailbox jo@example.edu',
    name: 'Jo',
  } as never);
  expect(JSON.stringify(given.lines)).not.toMatch(/token|jo@|Jo/);
  expect(given.lines).toEqual([
    ['error', { event: 'claim_failed', route: '[redacted]', error: '[redacted]' }, 'SeekPass(hr)'],
  ]);
});

test("a logger of its own is used instead of Nest's; false is none; one that throws changes nothing", async () => {
  const nest = collector();
  Logger.overrideLogger(nest);
  const own = collector();
  (await openLog('hr', own))({ event: 'draining' });
  (await openLog('hr', false))({ event: 'draining' });
  const broken = () => {
    throw new Error('the disk is full');
  };
  (await openLog('hr', { log: broken, warn: broken, error: broken }))({ event: 'draining' });
  expect(own.lines).toEqual([['log', { event: 'draining' }, 'SeekPass(hr)']]);
  expect(nest.lines).toEqual([]);
});

test("Nest's ConsoleLogger writes the fields and the context as JSON", async () => {
  const written: string[] = [];
  class Collecting extends ConsoleLogger {
    protected override printAsJson(message: unknown, options: never): void {
      written.push(JSON.stringify({ message, ...(options as object) }));
    }
  }
  (await openLog('hr', new Collecting({ json: true })))({
    event: 'job_dead',
    jobId: 'j1',
    kind: 'mail',
    reason: 'gave up',
  });
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    message: { event: 'job_dead', jobId: 'j1', kind: 'mail', reason: 'gave up' },
    context: 'SeekPass(hr)',
    logLevel: 'error',
  });
});

test('nestjs-pino writes the fields as fields', async () => {
  const lines: string[] = [];
  const stream = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  const app = await Test.createTestingModule({
    providers: [
      { provide: PinoOfRequest, useFactory: () => new PinoOfRequest({ pinoHttp: { logger: stream } }) },
      {
        provide: PinoLogger,
        inject: [PinoOfRequest],
        useFactory: (of: PinoOfRequest) => new PinoLogger(of, {}),
      },
    ],
  }).compile();
  app.useLogger(app.get(PinoLogger));
  const log = await openLog('hr', undefined);
  log({ event: 'award', type: 'added', awardId: 'a1' });
  log({ event: 'work_failed', error: 'TypeError' });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { level: 30, context: 'SeekPass(hr)', event: 'award', type: 'added', awardId: 'a1' },
    { level: 50, context: 'SeekPass(hr)', event: 'work_failed', error: 'TypeError' },
  ]);
});
