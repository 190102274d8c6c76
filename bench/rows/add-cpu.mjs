import { fork } from 'node:child_process';
import { once } from 'node:events';
import { clients } from '../clients.mjs';
import { median, round } from '../measure.mjs';
import { startServer } from '../server.mjs';

async function startClient(name, origin) {
  const child = fork(new URL('../client-process.mjs', import.meta.url), [name, origin], { execArgv: [] });
  await once(child, 'message');
  return {
    cpuPerCall: async (calls) => {
      child.send(calls);
      const [microseconds] = await once(child, 'message');
      return microseconds;
    },
    close: () => child.disconnect(),
  };
}

/** Rounds of all clients in turn, after as many calls for each to be compiled; the median round of each counts. */
async function measureClients(origin, { warmUp, calls, rounds }) {
  const names = Object.keys(clients);
  const running = await Promise.all(names.map((name) => startClient(name, origin)));
  try {
    const results = names.map(() => []);
    for (const client of running) await client.cpuPerCall(warmUp);
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const [index, client] of running.entries()) results[index].push(await client.cpuPerCall(calls));
    }
    return Object.fromEntries(names.map((name, index) => [name, median(results[index])]));
  } finally {
    for (const client of running) client.close();
  }
}

/** CPU per `seekPass.add` beside a bare undici request and beside other clients sending and reading the same JSON. */
export async function addCpu({ quick }) {
  const server = await startServer();
  try {
    const size = quick
      ? { warmUp: 3_000, calls: 1_000, rounds: 3 }
      : { warmUp: 15_000, calls: 6_000, rounds: 7 };
    const cpu = await measureClients(server.origin, size);
    const peers = Object.fromEntries(Object.entries(cpu).map(([name, value]) => [name, round(value)]));
    const ratio = (a, b) => round(cpu[a] / cpu[b]);
    const less = (name, client, bar) => ({
      name: `${name} CPU per equal call against add`,
      value: ratio(client, 'seekPass'),
      unit: '×',
      bar,
      better: 'higher',
      peers,
    });
    return [
      {
        name: 'CPU per add against a bare undici request',
        value: ratio('seekPass', 'undici'),
        unit: '×',
        bar: 1.5,
        better: 'lower',
        peers,
      },
      less('stripe-node', 'stripe', 2.5),
      less('axios', 'axios', 5),
      less('openid-client', 'openidClient', 10),
    ];
  } finally {
    server.close();
  }
}
