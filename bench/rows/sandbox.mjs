import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';
import { round, runInFlight } from '../measure.mjs';
import { envelope } from '../payload.mjs';

const inFlight = 64;

/** Keeps the sandbox on one core where the system can (Linux); elsewhere it is one thread anyway. */
function pinToOneCore(pid) {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', '0', String(pid)], { stdio: 'ignore' });
    return 'one core';
  } catch {
    return 'one thread, not pinned';
  }
}

/** How many adds a second the sandbox takes, and what 100,000 submissions weigh. */
export async function sandbox({ quick }) {
  const total = quick ? 10_000 : 100_000;
  const child = fork(new URL('../sandbox-process.mjs', import.meta.url), [], { execArgv: ['--expose-gc'] });
  const [{ baseUrl, clientId, clientSecret }] = await once(child, 'message');
  const cores = pinToOneCore(child.pid);
  const pool = new Pool(baseUrl, { connections: inFlight });
  try {
    const tokenResponse = await fetch(`${baseUrl}/api/partner/v1/oauth/token.json`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: 'write.microcredential',
      }),
    });
    const { access_token: token } = await tokenResponse.json();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const path = '/api/partner/v1/add/microcredential.json';
    const add = async (n) => {
      const response = await pool.request({
        method: 'POST',
        path,
        headers,
        body: JSON.stringify(envelope(n)),
      });
      await response.body.dump();
      if (response.statusCode !== 201) throw new Error(`the sandbox answered ${response.statusCode}`);
    };
    await runInFlight((n) => add(`warm-${n}`), 2_000, inFlight);
    const startedAt = performance.now();
    await runInFlight(add, total, inFlight);
    const perSecond = total / ((performance.now() - startedAt) / 1_000);
    child.send('memory');
    const [{ residentMb }] = await once(child, 'message');
    return [
      {
        name: `sandbox adds per second (${cores})`,
        value: round(perSecond, 0),
        unit: 'adds/s',
        bar: 5_000,
        better: 'higher',
      },
      {
        name: `sandbox memory with ${total} submissions`,
        value: round(residentMb, 0),
        unit: 'MB',
        bar: 400,
        better: 'lower',
      },
    ];
  } finally {
    await pool.close();
    child.disconnect();
  }
}
