import 'reflect-metadata';
import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { SeekPass, SeekPassEvent } from '@seek-pass-kit/core';
import type { AddFlow } from '@seek-pass-kit/flows';
import { type HostMetrics, joinPrometheus } from '@seek-pass-kit/flows/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  getAddFlowToken,
  getSeekPassMetricsToken,
  getSeekPassToken,
  SeekPassModule,
  type SeekPassModuleOptions,
} from '../../src/index.ts';
import { sampleAward, sampleRun } from './sample-awards.ts';
import { clientOf, openSandbox, optionsWithAddFlow } from './sample-options.ts';

const send = async () => ({ outcome: 'accepted' }) as const;

async function openApp(...registrations: Array<SeekPassModuleOptions & { readonly name?: string }>) {
  @Module({ imports: registrations.map((options) => SeekPassModule.forRoot(options)) })
  class AppModule {}
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  onTestFinished(() => app.close());
  await app.listen(0, '127.0.0.1');
  return app;
}

/** A logger of an application, and the port of the metrics that it was told. */
function telling() {
  const lines: Array<Readonly<Record<string, unknown>>> = [];
  const tell = (line: Readonly<Record<string, unknown>>) => void lines.push(line);
  const port = () => Number(lines.find(({ event }) => event === 'listening')?.['metricsPort']);
  return { logger: { log: tell, warn: tell, error: tell }, lines, port };
}

/** Asks with a `Host` of its own, as a web page would that resolves to this machine. */
async function get(port: number, path: string, host = `127.0.0.1:${port}`) {
  const asked = request({ port, path, host: '127.0.0.1', headers: { host }, agent: false });
  asked.end();
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, body };
}

describe('metrics', () => {
  test('count what the client, the flow and the worker do, besides what the application listens to itself', async () => {
    const events: SeekPassEvent[] = [];
    const { logger, port } = telling();
    const app = await openApp(
      optionsWithAddFlow(await openSandbox(), send, {
        metrics: { port: 0 },
        claimPages: true,
        scopes: ['write.microcredential'],
        onEvent: (event) => events.push(event),
        logger,
      }),
    );
    const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
    await flow.award(sampleAward(1), sampleRun);
    await flow.award(sampleAward(1), sampleRun);
    await app
      .get<SeekPass>(getSeekPassToken(), { strict: false })
      .status('unknown')
      .catch(() => undefined);
    expect((await fetch(`${await app.getUrl()}/claim/unknown`)).status).toBe(404);
    expect(events.some(({ type }) => type === 'call')).toBe(true);
    const lines = async () => (await get(port(), '/metrics')).body.split('\n');
    await expect
      .poll(lines, { timeout: 20_000 })
      .toContain('seek_pass_mails_sent_total{outcome="accepted"} 1');
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'seek_pass_store_up 1',
        'seek_pass_api_up 1',
        'seek_pass_work_failing 0',
        'seek_pass_dedupe_hits_total{of="award"} 1',
        'seek_pass_token_fetches_total{outcome="ok"} 1',
        'seek_pass_http_requests_total{route="/claim",status="4xx"} 1',
      ]),
    );
    // Memory and time of the process are told by the application's own instrumentation.
    expect((await lines()).join('\n')).not.toContain('process_');
  });

  test('security rule 22: are on loopback alone, under its own name, and no route of the application', async () => {
    const { logger, port } = telling();
    const app = await openApp(
      optionsWithAddFlow(await openSandbox(), send, { metrics: { port: 0 }, logger }),
    );
    expect((await get(port(), '/metrics')).status).toBe(200);
    expect((await get(port(), '/metrics', 'attacker.example')).status).toBe(403);
    expect(JSON.parse((await get(port(), '/health/ready')).body)).toMatchObject({
      status: 'ready',
      jobs: {},
    });
    expect((await fetch(`${await app.getUrl()}/metrics`)).status).toBe(404);
    await app.close();
    await expect(get(port(), '/metrics')).rejects.toThrow('ECONNREFUSED');
  });

  test('of a taken port stop the start, naming the registration and the port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const options = optionsWithAddFlow(await openSandbox(), send, { metrics: { port } });
    await expect(openApp({ ...options, name: 'hr' })).rejects.toThrow(
      `SeekPassModule 'hr': Port ${port} of 127.0.0.1 cannot be opened (EADDRINUSE)`,
    );
  });

  test('of several registrations are told apart by name, one record each, and join to one text', async () => {
    const sandbox = await openSandbox();
    const app = await openApp(
      { ...optionsWithAddFlow(sandbox, send, { metrics: {}, worker: false }), name: 'hr' },
      { ...clientOf(sandbox), scopes: ['write.education'], metrics: {}, logger: false, name: 'med' },
    );
    const med = app.get<SeekPass>(getSeekPassToken('med'), { strict: false });
    await med.status('unknown').catch(() => undefined);
    const numbersOf = (name: string) =>
      app.get<HostMetrics>(getSeekPassMetricsToken(name), { strict: false });
    const texts = await Promise.all(['hr', 'med'].map((name) => numbersOf(name).prometheus()));
    const lines = joinPrometheus(texts).split('\n');
    expect(lines).toContain('seek_pass_token_fetches_total{registration="hr",outcome="ok"} 0');
    expect(lines).toContain('seek_pass_token_fetches_total{registration="med",outcome="ok"} 1');
    expect(lines).toContain('seek_pass_store_up{registration="hr"} 1');
  });

  test('go to OpenTelemetry while the application runs', async () => {
    const told = new Set<string>();
    const callbacks = new Set<unknown>();
    const instrument = (name: string) => {
      told.add(name);
      return {};
    };
    const telemetry = {
      metrics: {
        getMeter: () => ({
          createObservableGauge: instrument,
          createObservableCounter: instrument,
          addBatchObservableCallback: (callback: unknown) => void callbacks.add(callback),
          removeBatchObservableCallback: (callback: unknown) => void callbacks.delete(callback),
        }),
      },
    };
    const options = optionsWithAddFlow(await openSandbox(), send, { metrics: { telemetry }, worker: false });
    const app = await openApp(options);
    expect(told).toContain('seek_pass.awards');
    expect(callbacks.size).toBe(1);
    await app.close();
    expect(callbacks.size).toBe(0);
  });

  test('are absent without their setting', async () => {
    const app = await openApp(optionsWithAddFlow(await openSandbox(), send));
    const numbers = app.get<HostMetrics>(getSeekPassMetricsToken(), { strict: false });
    expect(() => numbers.prometheus()).toThrow('has no metrics: set its option metrics');
  });
});
