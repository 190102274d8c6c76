import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { SeekPassOptions } from '../../src/index.ts';
import { SeekPass } from '../../src/index.ts';
import type { Fault, Reply, SeenRequest } from '../../src/testing/index.ts';
import { FaultDispatcher, ManualClock } from '../../src/testing/index.ts';
import { clientId, clientSecret } from '../support/small-seek-pass.ts';

const url = 'https://uni.example/hooks/seek-pass';
const thrown = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

/** The webhook part of SEEK Pass: the secret is shown only after creating and rotating. */
function make(faults: (Fault & { on?: string })[] = [], options: Partial<SeekPassOptions> = {}) {
  const clock = new ManualClock();
  const endpoints = new Map<string, Record<string, string>>();
  let secrets = 0;
  const server = (request: SeenRequest): Reply => {
    if (request.path.includes('/oauth/'))
      return { status: 200, body: { access_token: 'abc', expires_in: 900 } };
    const id = request.path.split('/')[5] ?? '';
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Record<string, string>);
    if (request.method === 'POST') {
      const made = { id: `w${endpoints.size + 1}`, ...body };
      endpoints.set(made.id, made);
      return { status: 201, body: { ...made, secret: `secret-${++secrets}` } };
    }
    if (request.path.endsWith('/webhooks') && request.method === 'GET')
      return { status: 200, body: { webhooks: [...endpoints.values()] } };
    if (request.path.endsWith('/secret')) return { status: 200, body: { secret: `secret-${++secrets}` } };
    const known = endpoints.get(id === '' ? (body['id'] ?? '') : id);
    if (known === undefined) return { status: 404, body: {} };
    if (request.method === 'DELETE') endpoints.delete(known['id'] ?? '');
    if (request.method === 'PUT') Object.assign(known, body);
    return request.method === 'DELETE' ? { status: 204 } : { status: 200, body: known };
  };
  const plan = [...faults];
  const network = new FaultDispatcher({
    clock,
    server,
    faults,
    applies: (request) => {
      if (request.path.includes('/oauth/')) return false;
      if (plan[0]?.on !== undefined && plan[0].on !== request.method) return false;
      plan.shift();
      return true;
    },
  });
  const seekPass = new SeekPass({
    environment: 'staging',
    clientId,
    clientSecret,
    webhookScope: 'webhooks',
    clock,
    random: () => 0.5,
    dispatcher: network,
    ...options,
  });
  const run = <T>(promise: Promise<T>) => clock.runUntilSettled(promise);
  const calls = () =>
    network.requests.filter((request) => !request.path.includes('/oauth/')).map((request) => request.method);
  return { webhooks: seekPass.webhooks, run, calls, endpoints, network };
}

describe('webhooks.create', () => {
  test('makes a webhook; its secret shows only when revealed', async () => {
    const { webhooks, run } = make();
    const made = await run(webhooks.create({ url, name: 'hook' }));
    expect(made).toMatchObject({ id: 'w1', url, name: 'hook', created: true });
    expect(made.secret?.reveal()).toBe('secret-1');
    expect(inspect(made, { showHidden: true }) + JSON.stringify(made) + String(made.secret)).not.toContain(
      'secret-1',
    );
  });

  test('finds the one that is there instead of making a second', async () => {
    const { webhooks, run, endpoints, calls } = make();
    await run(webhooks.create({ url }));
    const again = await run(webhooks.create({ url: 'https://UNI.example/hooks/seek-pass' }));
    expect(again).toMatchObject({ id: 'w1', created: false });
    expect(endpoints.size).toBe(1);
    expect(calls()).toEqual(['GET', 'POST', 'GET']);
  });

  test.each<Fault>([
    { kind: 'reset', accepted: true },
    { kind: 'hang', accepted: true },
    { kind: 'truncated' },
    { kind: 'html' },
  ])('after a lost answer it looks instead of posting again: %o', async (fault) => {
    const { webhooks, run, endpoints, calls } = make([{ ...fault, on: 'POST' }]);
    expect(await run(webhooks.create({ url }))).toMatchObject({ id: 'w1', created: true });
    expect(endpoints.size).toBe(1);
    expect(calls()).toEqual(['GET', 'POST', 'GET']);
  });

  test('when it did not arrive, the caller is told', async () => {
    const { webhooks, run, calls } = make([{ kind: 'reset', accepted: false, on: 'POST' }]);
    expect(await run(thrown(webhooks.create({ url })))).toMatchObject({
      code: 'unavailable',
      retryable: false,
    });
    expect(calls()).toEqual(['GET', 'POST', 'GET']);
  });

  test('a post that surely did not leave is repeated', async () => {
    const { webhooks, run, calls } = make([
      { kind: 'refused', on: 'POST' },
      { kind: 'answer', status: 429, on: 'POST' },
    ]);
    expect(await run(webhooks.create({ url }))).toMatchObject({ created: true });
    expect(calls()).toEqual(['GET', 'POST', 'POST', 'POST']);
  });
});

describe('webhooks.rotateSecret', () => {
  test('gives the new secret', async () => {
    const { webhooks, run } = make();
    expect((await run(webhooks.rotateSecret('w1'))).secret.reveal()).toBe('secret-1');
  });

  test.each<Fault>([
    { kind: 'reset', accepted: true },
    { kind: 'hang', accepted: true },
    { kind: 'truncated' },
    { kind: 'answer', status: 503, headers: { 'retry-after': '1' } },
    { kind: 'answer', status: 500 },
  ])('is never repeated blindly: %o', async (fault) => {
    const { webhooks, run, calls } = make([fault]);
    expect(await run(thrown(webhooks.rotateSecret('w1')))).toMatchObject({ retryable: false, attempts: 1 });
    expect(calls()).toEqual(['PUT']);
  });

  test('a refused token or a 429 means that nothing happened: repeated', async () => {
    const { webhooks, run, calls } = make([
      { kind: 'answer', status: 401 },
      { kind: 'answer', status: 429 },
    ]);
    await run(webhooks.rotateSecret('w1'));
    expect(calls()).toHaveLength(3);
  });
});

test('get, list, update and delete', async () => {
  const { webhooks, run, network } = make();
  await run(webhooks.create({ url }));
  expect(await run(webhooks.list())).toEqual([{ id: 'w1', url }]);
  expect(await run(webhooks.get('w1'))).toEqual({ id: 'w1', url });
  expect(await run(webhooks.update('w1', { name: 'new' }))).toEqual({ id: 'w1', url, name: 'new' });
  expect(network.requests.at(-1)).toMatchObject({
    method: 'PUT',
    path: '/api/partner/v2/webhooks',
    body: '{"id":"w1","name":"new"}',
  });
  await run(webhooks.delete('w1'));
  expect(await run(thrown(webhooks.get('w1')))).toMatchObject({ code: 'rejected', status: 404 });
});

test('the id of an update goes in the path when the setting says so', async () => {
  const { webhooks, run, network } = make([], { paths: { webhookUpdate: '/api/partner/v2/webhooks/{id}' } });
  await run(webhooks.create({ url }));
  await run(webhooks.update('w1', { name: 'new' }));
  expect(network.requests.at(-1)).toMatchObject({
    path: '/api/partner/v2/webhooks/w1',
    body: '{"name":"new"}',
  });
});

test('deleting again after a lost answer is not an error; deleting what never was is', async () => {
  const { webhooks, run } = make([{ kind: 'reset', accepted: true, on: 'DELETE' }]);
  await run(webhooks.create({ url }));
  await run(webhooks.delete('w1'));
  expect(await run(thrown(webhooks.delete('w9')))).toMatchObject({ code: 'rejected' });
});

test.each([[[]], [{ data: [] }], [{ anything: [], more: 1 }]])('the list is read from %j', async (body) => {
  const network = new FaultDispatcher({
    server: (request) =>
      request.path.includes('/oauth/') ? { status: 200, body: { access_token: 'a' } } : { status: 200, body },
  });
  const seekPass = new SeekPass({
    environment: 'staging',
    clientId,
    clientSecret,
    webhookScope: 'x',
    dispatcher: network,
  });
  expect(await seekPass.webhooks.list()).toEqual([]);
});
