import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test, vi } from 'vitest';
import { startSandbox } from '../src/index.ts';
import { freshSandbox } from './partner.ts';

/** A GET with headers that fetch would not send. */
function rawGet(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function outsideAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => !one.internal && one.family === 'IPv4')
    .map((one) => one.address);
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}

describe('security rule 21', () => {
  test('no port is open on an address of another machine’s reach', async (context) => {
    const [outside] = outsideAddresses();
    if (outside === undefined) context.skip('this machine has no address but loopback');
    const sandbox = await freshSandbox();
    const ports = [sandbox.baseUrl, sandbox.controlUrl].map((url) => Number(new URL(url).port));
    for (const port of [...ports, sandbox.smtpPort]) {
      expect(await connects('127.0.0.1', port)).toBe(true);
      expect(await connects(outside ?? '', port)).toBe(false);
    }
  });

  test('a rebinding Host gets 403 on every listener, whatever the path', async () => {
    const sandbox = await freshSandbox();
    const { port } = new URL(sandbox.controlUrl);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      '127.0.0.1',
      'localhost:1',
    ]) {
      expect(await rawGet(`${sandbox.controlUrl}api/state`, { host })).toBe(403);
    }
    expect(await rawGet(`${sandbox.baseUrl}/openapi.json`, { host: 'evil.example' })).toBe(403);
    expect(await rawGet(sandbox.inboxUrl, { host: 'evil.example' })).toBe(403);
    expect(await rawGet(`${sandbox.controlUrl}api/state`, { host: `LOCALHOST:${port}` })).toBe(200);
  });

  test('a foreign Origin gets 403 on control, for reading too, and for writing on the wallet pages', async () => {
    const sandbox = await freshSandbox();
    const { origin } = new URL(sandbox.controlUrl);
    for (const foreign of ['https://evil.example', 'null', sandbox.baseUrl, `${origin}.evil.example`]) {
      expect(await rawGet(`${sandbox.controlUrl}api/state`, { origin: foreign })).toBe(403);
      expect(await rawGet(`${sandbox.controlUrl}api/reset`, { origin: foreign }, 'POST')).toBe(403);
    }
    expect(await rawGet(`${sandbox.controlUrl}api/state`, { origin })).toBe(200);
    expect(
      await rawGet(`${sandbox.baseUrl}/partner/add/education`, { origin: 'https://evil.example' }, 'POST'),
    ).toBe(403);
  });

  test('a wrong or missing secret gets 404', async () => {
    const [sandbox, other] = [await freshSandbox(), await freshSandbox()];
    const { origin } = new URL(sandbox.controlUrl);
    const foreign = new URL(other.controlUrl).pathname;
    for (const path of ['/', '/control/', '/control/api/state', '/inbox/', `${foreign}api/state`]) {
      expect(await rawGet(origin + path, {})).toBe(404);
    }
    expect(new URL(sandbox.controlUrl).pathname).toMatch(/^\/[0-9a-f]{48}\/control\/$/u);
    expect(foreign).not.toBe(new URL(sandbox.controlUrl).pathname);
  });

  test('the control API is not on the port of the partner API', async () => {
    const sandbox = await freshSandbox();
    expect(await rawGet(`${sandbox.baseUrl}${new URL(sandbox.controlUrl).pathname}api/state`, {})).toBe(404);
  });

  test('NODE_ENV=production is refused', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    try {
      await expect(startSandbox()).rejects.toThrow(expect.objectContaining({ code: 'production_refused' }));
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
