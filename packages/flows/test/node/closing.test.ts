import { EventEmitter, once } from 'node:events';
import { Agent, get } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WebHandler } from '../../src/node/node-listener.ts';
import type { WorkPart } from '../../src/node/work-loop.ts';
import { send } from './http-probe.ts';
import { idleReport, openHost } from './open-host.ts';

describe('closing', () => {
  test('under load loses no answer', async () => {
    const handler: WebHandler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return new Response('page '.repeat(2_000));
    };
    const { host, log } = await openHost({ routes: [{ path: '/claim', handler }], drainMs: 1_000 });
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    let whole = 0;
    const lost: unknown[] = [];
    /** Asks again and again over kept connections, until the host says that it goes. */
    const client = async (): Promise<void> => {
      for (;;) {
        const request = get({ port: host.port, host: '127.0.0.1', path: '/claim', agent });
        try {
          const [response] = await once(request, 'response');
          let length = 0;
          for await (const chunk of response) length += chunk.length;
          if (response.statusCode !== 200 || length !== 10_000) lost.push([response.statusCode, length]);
          whole += 1;
          if (response.headers.connection === 'close') return;
        } catch (error) {
          lost.push(error);
          return;
        }
      }
    };
    const clients = Array.from({ length: 40 }, client);
    await expect.poll(() => whole).toBeGreaterThan(80);
    await host.close();
    await Promise.all(clients);
    expect(lost).toEqual([]);
    expect(log.at(-1)).toEqual({ event: 'closed', inTime: true });
    await expect(send(host.port, '/claim')).rejects.toThrow('ECONNREFUSED');
  });

  test('says draining first, lets the job that runs end, and then closes the resources in order', async () => {
    const happened: string[] = [];
    let finish: (() => void) | undefined;
    const runDue: WorkPart['runDue'] = async ({ signal }) => {
      happened.push('job begins');
      await new Promise<void>((resolve) => (finish = resolve));
      happened.push(signal.aborted ? 'job was told to stop' : 'job ends');
      return { ...idleReport, jobs: { ...idleReport.jobs, done: 1 } };
    };
    const closing = (name: string) => ({
      close: async () => {
        happened.push(`${name} closes`);
      },
    });
    const { host } = await openHost({
      work: [{ runDue }],
      drainMs: 50,
      resources: [closing('client'), { close: () => Promise.reject(new Error('broken')) }, closing('store')],
    });
    const closed = host.close();
    expect(await send(host.port, '/health/ready')).toMatchObject({
      status: 503,
      body: expect.stringContaining('"status":"draining"'),
    });
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(happened).toEqual(['job begins']);
    finish?.();
    await Promise.all([closed, host.close()]);
    expect(happened).toEqual(['job begins', 'job ends', 'client closes', 'store closes']);
  });

  test('cuts off what takes longer than the grace time, and says so', async () => {
    const happened = new EventEmitter();
    const called = once(happened, 'called');
    const stuck: WebHandler = () => {
      happened.emit('called');
      return new Promise(() => undefined);
    };
    const runDue: WorkPart['runDue'] = async ({ signal }) => {
      if (!signal.aborted) await once(signal, 'abort');
      throw new Error('told to stop');
    };
    const { host, log } = await openHost({
      routes: [{ path: '/claim', handler: stuck }],
      work: [{ runDue }],
      graceMs: 50,
    });
    const broken = send(host.port, '/claim').catch(String);
    await called;
    await host.close();
    expect(await broken).toBe('Error: socket hang up');
    expect(log.at(-1)).toEqual({ event: 'closed', inTime: false });
    expect(log).not.toContainEqual({ event: 'work_failed', error: 'Error' });
  });
});
