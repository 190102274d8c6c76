/**
 * The clients that are compared: each sends the same credential to the same route, reads the JSON answer, and may be observed. A
 * factory takes the server's origin and returns one call.
 */
import http from 'node:http';
import { benchClient } from './client.mjs';
import { envelope } from './payload.mjs';

export const inFlight = 64;

const path = '/api/partner/v1/add/microcredential.json';
const authorization = 'Bearer bench-token';
const keepAlive = () => new http.Agent({ keepAlive: true, maxSockets: inFlight });

export const clients = {
  /** Validated, retried, observed. */
  seekPass(origin) {
    const seekPass = benchClient(origin, { connections: inFlight });
    return (n) => seekPass.add(envelope(n));
  },

  async undici(origin) {
    const { Pool } = await import('undici');
    const pool = new Pool(origin, { connections: inFlight });
    return async (n) => {
      const response = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify(envelope(n)),
      });
      return response.body.json();
    };
  },

  async stripe(origin) {
    const { default: Stripe } = await import('stripe');
    const stripe = new Stripe('sk_test_bench', {
      host: '127.0.0.1',
      port: new URL(origin).port,
      protocol: 'http',
      httpAgent: keepAlive(),
      maxNetworkRetries: 2,
    });
    let observed = 0;
    stripe.on('request', () => {
      observed += 1;
    });
    stripe.on('response', () => {
      observed += 1;
    });
    return (n) => stripe.rawRequest('POST', '/v2/bench/add', envelope(n));
  },

  async axios(origin) {
    const { default: axios } = await import('axios');
    const client = axios.create({ baseURL: origin, httpAgent: keepAlive(), proxy: false });
    return (n) => client.post(path, envelope(n), { headers: { authorization } });
  },

  async openidClient(origin) {
    const openid = await import('openid-client');
    const server = { issuer: origin, token_endpoint: `${origin}/api/partner/v1/oauth/token.json` };
    const config = new openid.Configuration(server, 'sandbox-bench', 'secret');
    openid.allowInsecureRequests(config);
    const resource = new URL(path, origin);
    const headers = new Headers({ 'content-type': 'application/json' });
    return async (n) => {
      const body = JSON.stringify(envelope(n));
      const response = await openid.fetchProtectedResource(
        config,
        'bench-token',
        resource,
        'POST',
        body,
        headers,
      );
      return response.json();
    };
  },
};
