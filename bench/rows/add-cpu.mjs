import axios from 'axios';
import http from 'node:http';
import * as openid from 'openid-client';
import Stripe from 'stripe';
import { Pool } from 'undici';
import { benchClient } from '../client.mjs';
import { compareCpu, round, runInFlight } from '../measure.mjs';
import { envelope } from '../payload.mjs';
import { startServer } from '../server.mjs';

const inFlight = 64;
const path = '/api/partner/v1/add/microcredential.json';
const token = 'bench-token';

/** CPU per `seekPass.add` beside a bare undici request and beside other clients sending and reading the same JSON. */
export async function addCpu({ quick }) {
  const server = await startServer();
  const pool = new Pool(server.origin, { connections: inFlight });
  const seekPass = benchClient(server.origin, { connections: inFlight });
  const agent = new http.Agent({ keepAlive: true, maxSockets: inFlight });
  const axiosClient = axios.create({ baseURL: server.origin, httpAgent: agent, proxy: false });
  const stripe = new Stripe('sk_test_bench', {
    host: '127.0.0.1',
    port: new URL(server.origin).port,
    protocol: 'http',
    httpAgent: agent,
    maxNetworkRetries: 2,
    telemetry: false,
  });
  const config = new openid.Configuration(
    { issuer: server.origin, token_endpoint: `${server.origin}/api/partner/v1/oauth/token.json` },
    'sandbox-bench',
    'secret',
  );
  openid.allowInsecureRequests(config);
  const resource = new URL(path, server.origin);
  const headers = new Headers({ 'content-type': 'application/json' });

  const candidates = {
    seekPass: (calls) => runInFlight((n) => seekPass.add(envelope(n)), calls, inFlight),
    undici: (calls) =>
      runInFlight(
        async (n) => {
          const response = await pool.request({
            method: 'POST',
            path,
            headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
            body: JSON.stringify(envelope(n)),
          });
          await response.body.json();
        },
        calls,
        inFlight,
      ),
    stripe: (calls) =>
      runInFlight((n) => stripe.rawRequest('POST', '/v2/bench/add', envelope(n)), calls, inFlight),
    axios: (calls) =>
      runInFlight(
        (n) => axiosClient.post(path, envelope(n), { headers: { authorization: `Bearer ${token}` } }),
        calls,
        inFlight,
      ),
    openidClient: (calls) =>
      runInFlight(
        async (n) => {
          const body = JSON.stringify(envelope(n));
          const response = await openid.fetchProtectedResource(
            config,
            token,
            resource,
            'POST',
            body,
            headers,
          );
          await response.json();
        },
        calls,
        inFlight,
      ),
  };
  try {
    const cpu = await compareCpu(candidates, { calls: quick ? 1_000 : 6_000, rounds: quick ? 3 : 7 });
    const peers = Object.fromEntries(Object.entries(cpu).map(([name, value]) => [name, round(value)]));
    const ratio = (a, b) => round(cpu[a] / cpu[b]);
    return [
      {
        name: 'CPU per add against a bare undici request',
        value: ratio('seekPass', 'undici'),
        unit: '×',
        bar: 1.5,
        better: 'lower',
        peers,
      },
      {
        name: 'stripe-node CPU per equal call against add',
        value: ratio('stripe', 'seekPass'),
        unit: '×',
        bar: 2.5,
        better: 'higher',
        peers,
      },
      {
        name: 'axios CPU per equal call against add',
        value: ratio('axios', 'seekPass'),
        unit: '×',
        bar: 5,
        better: 'higher',
        peers,
      },
      {
        name: 'openid-client CPU per equal call against add',
        value: ratio('openidClient', 'seekPass'),
        unit: '×',
        bar: 10,
        better: 'higher',
        peers,
      },
    ];
  } finally {
    await Promise.all([pool.close(), seekPass.close()]);
    agent.destroy();
    server.close();
  }
}
