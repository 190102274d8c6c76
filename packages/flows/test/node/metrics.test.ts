import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { createHostRecord } from '../../src/node/host-record.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { awardRow, jobRow, mailRow, recipientRow } from '../conformance/sample-rows.ts';
import { send } from './http-probe.ts';
import { idleReport, openHost, sampleToken, storeWithBacklog } from './open-host.ts';

describe('metrics', () => {
  async function openWithAwards() {
    const store = createMemoryStore();
    await store.transaction(async (tx) => {
      await tx.insertRecipients([recipientRow('default', 'r1')]);
      await tx.insertAwards([awardRow('default', 'award-id-1', 'r1', { credentialType: 'microcredential' })]);
      await tx.insertMails([mailRow('default', 'm1')]);
      await tx.enqueue([jobRow('default', { runAt: Date.now() - 60_000 })]);
    });
    const record = createHostRecord();
    const { host } = await openHost({
      health: { store, issuers: ['default'] },
      metrics: { port: 0 },
      record,
      work: [{ runDue: async () => idleReport }],
    });
    return { host, record, metricsPort: host.metricsPort ?? 0 };
  }

  test('count awards, jobs, mails, claims, calls and requests', async () => {
    const { host, record, metricsPort } = await openWithAwards();
    record.onNotice({ event: 'claim_ended', awardId: 'award-id-1', outcome: 'redirect' });
    record.onSeekPassEvent({
      type: 'call',
      operation: 'statuses',
      call: 1,
      attempts: 1,
      durationMs: 9,
      outcome: 'ok',
    });
    await send(host.port, `/claim/id/${sampleToken}`);
    await send(host.port, '/nothing');
    const { status, headers, body } = await send(metricsPort, '/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('version=0.0.4');
    for (const line of [
      'seek_pass_store_up 1',
      'seek_pass_awards{state="ready"} 1',
      'seek_pass_mails{state="intended"} 1',
      'seek_pass_jobs_due 1',
      'seek_pass_jobs_dead 0',
      'seek_pass_oldest_due_job_age_seconds 60',
      'seek_pass_claims_total{outcome="redirect"} 1',
      'seek_pass_api_calls_total{operation="statuses",outcome="ok"} 1',
      'seek_pass_http_requests_total{route="/claim",status="2xx"} 1',
      'seek_pass_http_requests_total{route="other",status="4xx"} 1',
    ]) {
      expect(body.split('\n')).toContain(line);
    }
    expect(body).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(body).toMatch(/^process_cpu_seconds_total [\d.]+$/m);
  });

  test('security rule 22: have no label of an award, a course, an issuer or a person', async () => {
    const { host, metricsPort } = await openWithAwards();
    await send(host.port, `/claim/id/${sampleToken}`);
    const { body } = await send(metricsPort, '/metrics');
    const labels = [...body.matchAll(/(\w+)="/g)].map(([, label = '']) => label);
    expect([...new Set(labels)].sort()).toEqual(['le', 'of', 'outcome', 'route', 'state', 'status', 'what']);
    expect(body).not.toMatch(/qqq|award-id-1|microcredential|r1|"default"/);
  });

  test('security rule 22: are on loopback alone and under its own name; public they are 404', async () => {
    const { host, metricsPort } = await openWithAwards();
    expect((await send(host.port, '/metrics')).status).toBe(404);
    const rebound = { headers: { host: 'evil.example' } };
    expect(await send(metricsPort, '/metrics', rebound)).toMatchObject({ status: 403, body: '' });
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
    if (outside === undefined) return;
    const socket = connect(metricsPort, outside);
    await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  });

  test('tell without the store what can be told, and show the queue to the operator', async () => {
    const { metricsPort } = await openWithAwards();
    const { body } = await send(metricsPort, '/health/ready');
    expect(JSON.parse(body)).toMatchObject({ jobs: { due: 1, dead: 0, oldestDueSeconds: 60 } });

    const store = storeWithBacklog(() => () => Promise.reject(new Error('down')));
    const { host } = await openHost({
      health: { store, issuers: ['default'] },
      metrics: { port: 0 },
    });
    const answer = await send(host.metricsPort ?? 0, '/metrics');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('seek_pass_store_up 0');
    expect(answer.body).not.toContain('seek_pass_awards');
  });
});
