import { describe, expect, test } from 'vitest';
import type { SeekPassEvent, TokenStore } from '../../src/index.ts';
import { createMemoryTokenStore, SeekPass } from '../../src/index.ts';
import { FaultDispatcher, ManualClock } from '../../src/testing/index.ts';
import { makeClient, microcredential } from '../support/make-client.ts';
import { clientId, clientSecret, SmallSeekPass } from '../support/small-seek-pass.ts';

const previousSecret = '2cc91f0e7d6b4a5588ff';
const thrown = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
const scopesOf = (calls: readonly { body: string }[]) =>
  calls.map((call) => new URLSearchParams(call.body).get('scope'));

describe('tokens', () => {
  test('1,000 parallel first calls: 1 token request', async () => {
    const { seekPass, clock, tokenCalls, apiCalls } = makeClient();
    await clock.runUntilSettled(
      Promise.all(Array.from({ length: 1000 }, (_, i) => seekPass.add(microcredential(`a${i}`)))),
    );
    expect(apiCalls()).toHaveLength(1000);
    expect(tokenCalls()).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(tokenCalls()[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'write.microcredential',
    });
  });

  test('1,000 parallel calls with a revoked token: 1 more token request, each call repeated once', async () => {
    const { seekPass, clock, server, tokenCalls, apiCalls } = makeClient();
    await clock.runUntilSettled(seekPass.add(microcredential()));
    server.goodTokens = new Set(['token-2']);
    await clock.runUntilSettled(
      Promise.all(Array.from({ length: 1000 }, (_, i) => seekPass.add(microcredential(`a${i}`)))),
    );
    expect(tokenCalls()).toHaveLength(2);
    expect(apiCalls().length).toBeLessThanOrEqual(1 + 1000 + 64);
  });

  test('a late 401 for a token that was replaced meanwhile does not drop the new one', async () => {
    const { seekPass, clock, server, tokenCalls } = makeClient([
      { kind: 'pass' },
      { kind: 'slow_body', msPerByte: 50 },
    ]);
    await clock.runUntilSettled(seekPass.add(microcredential()));
    server.goodTokens = new Set(['token-2']);
    await clock.runUntilSettled(
      Promise.all([seekPass.add(microcredential('late')), seekPass.add(microcredential('early'))]),
    );
    await clock.runUntilSettled(seekPass.add(microcredential('after')));
    expect(tokenCalls()).toHaveLength(2);
  });

  test('each operation asks for its own scope and no more', async () => {
    const { seekPass, clock, tokenCalls } = makeClient([], {
      scopes: ['write.education', 'write.microcredential', 'read.digital_identity', 'write.digital_identity'],
    });
    await clock.runUntilSettled(seekPass.status('1'));
    await clock.runUntilSettled(seekPass.add(microcredential()));
    await clock.runUntilSettled(thrown(seekPass.verify.request({ display_options: { partner_name: 'x' } })));
    await clock.runUntilSettled(seekPass.status('1'));
    expect(scopesOf(tokenCalls())).toEqual([
      'write.education',
      'write.microcredential',
      'read.digital_identity write.digital_identity',
    ]);
  });

  test('a scope that was not granted fails before anything is sent', async () => {
    const { seekPass, clock, network } = makeClient([], { scopes: ['write.education'] });
    expect(await clock.runUntilSettled(thrown(seekPass.add(microcredential())))).toMatchObject({
      code: 'invalid_configuration',
    });
    expect(network.requests).toHaveLength(0);
  });

  test('status without any scope to go by names the setting', async () => {
    const clock = new ManualClock();
    const seekPass = new SeekPass({ environment: 'staging', clientId, clientSecret, clock });
    const error = await thrown(seekPass.status('1'));
    expect(error).toMatchObject({ code: 'invalid_configuration' });
    expect(String(error)).toContain('statusScope');
    await seekPass.close();
  });

  test('a token is renewed before it ends, in the background, once', async () => {
    const { seekPass, clock, server, tokenCalls, apiCalls } = makeClient();
    server.tokenLifeSeconds = 1000;
    await clock.runUntilSettled(seekPass.add(microcredential()));
    clock.advance(824_000);
    await clock.runUntilSettled(seekPass.add(microcredential()));
    expect(tokenCalls(), 'before 82.5 % of its life nothing happens').toHaveLength(1);
    clock.advance(2_000);
    await clock.runUntilSettled(
      Promise.all(Array.from({ length: 50 }, () => seekPass.add(microcredential()))),
    );
    expect(tokenCalls()).toHaveLength(2);
    expect(apiCalls().at(-1)?.headers['authorization'], 'no call waited for it').toBe('Bearer token-1');
    await clock.runUntilSettled(seekPass.add(microcredential()));
    expect(apiCalls().at(-1)?.headers['authorization']).toBe('Bearer token-2');
  });

  test('a renewal that fails does not fail calls while the old token lives, and is not tried with every call', async () => {
    const clock = new ManualClock();
    const server = new SmallSeekPass();
    server.tokenLifeSeconds = 1000;
    let refuse = false;
    const network = new FaultDispatcher({
      clock,
      server: (request) =>
        refuse && request.path.includes('/oauth/') ? { status: 400, body: {} } : server.serve(request),
    });
    const seekPass = new SeekPass({
      environment: 'staging',
      clientId,
      clientSecret,
      clock,
      random: () => 0.5,
      dispatcher: network,
    });
    await clock.runUntilSettled(seekPass.add(microcredential()));
    refuse = true;
    clock.advance(900_000);
    for (let i = 0; i < 10; i++) await clock.runUntilSettled(seekPass.add(microcredential()));
    expect(network.requests.filter((request) => request.path.includes('/oauth/'))).toHaveLength(2);
    clock.advance(100_000);
    expect(await clock.runUntilSettled(thrown(seekPass.add(microcredential())))).toMatchObject({
      code: 'authentication_failed',
      status: 400,
    });
  });

  test.each([
    ['expires_in as text', { access_token: 'abc', expires_in: '100' }, 100_000],
    ['no expires_in, the exp of the JWT counts', { access_token: jwt(100) }, 100_000],
    ['expires_in 0', { access_token: 'abc', expires_in: 0 }, 60_000],
    ['neither', { access_token: 'abc.def.ghi' }, 60_000],
    ['an exp that is no number', { access_token: jwt('soon') }, 60_000],
    ['a null exp', { access_token: jwt(null), expires_in: null }, 60_000],
  ])('life of a token: %s', async (_name, body, lifeMs) => {
    const clock = new ManualClock();
    const network = new FaultDispatcher({
      clock,
      server: (request) =>
        request.path.includes('/oauth/')
          ? { status: 200, body }
          : { status: 200, body: { id: '1', status: 'incomplete' } },
    });
    const seekPass = new SeekPass({
      environment: 'staging',
      clientId,
      clientSecret,
      statusScope: 'write.education',
      clock,
      random: () => 0,
      dispatcher: network,
    });
    const tokens = () => network.requests.filter((request) => request.path.includes('/oauth/')).length;
    await clock.runUntilSettled(seekPass.status('1'));
    clock.advance(lifeMs * 0.75 - 2_000);
    await clock.runUntilSettled(seekPass.status('1'));
    expect(tokens()).toBe(1);
    clock.advance(3_000);
    await clock.runUntilSettled(seekPass.status('1'));
    expect(tokens()).toBe(2);
  });

  test.each([
    [{}],
    [{ access_token: '' }],
    [{ access_token: 'a b' }],
    [{ access_token: 'a\r\nx: y' }],
    ['[]'],
    ['{"access_tok'],
  ])('a token answer that cannot be used (%j) is a typed error that does not show it', async (body) => {
    const clock = new ManualClock();
    const network = new FaultDispatcher({ clock, server: () => ({ status: 200, body }) });
    const seekPass = new SeekPass({
      environment: 'staging',
      clientId,
      clientSecret,
      clock,
      dispatcher: network,
    });
    const error = await clock.runUntilSettled(thrown(seekPass.add(microcredential())));
    expect(error).toMatchObject({ code: 'unexpected_response', responseBody: undefined });
  });
});

describe('rotation of the client secret', () => {
  test('the newest is used; the previous when SEEK Pass does not know the newest yet', async () => {
    const both = { clientSecret: [clientSecret, previousSecret] } as const;
    const { seekPass, clock, server, tokenCalls } = makeClient([], both);
    server.goodSecret = previousSecret;
    await clock.runUntilSettled(seekPass.add(microcredential()));
    expect(tokenCalls().map((call) => new URLSearchParams(call.body).get('client_secret'))).toEqual([
      clientSecret,
      previousSecret,
    ]);

    const after = makeClient([], both);
    after.server.goodSecret = clientSecret;
    await after.clock.runUntilSettled(after.seekPass.add(microcredential()));
    expect(after.tokenCalls()).toHaveLength(1);
  });

  test('when both are refused the error is typed and shows neither', async () => {
    const { seekPass, clock, server, tokenCalls } = makeClient([], {
      clientSecret: [clientSecret, previousSecret],
    });
    server.goodSecret = 'another';
    const error = await clock.runUntilSettled(thrown(seekPass.add(microcredential())));
    expect(error).toMatchObject({ code: 'authentication_failed', status: 401 });
    expect(String(error)).not.toMatch(new RegExp(`${clientSecret}|${previousSecret}`));
    expect(tokenCalls()).toHaveLength(2);
  });
});

describe('a clock off by minutes', () => {
  const skewed = (ms: number, options = {}) => {
    const made = makeClient([], options);
    made.server.clock = () => made.clock.now() + ms;
    return made;
  };

  test.each([6 * 60_000, -6 * 60_000])('%d ms stops the call with one sentence', async (ms) => {
    const { seekPass, clock, apiCalls } = skewed(ms);
    const error = await clock.runUntilSettled(thrown(seekPass.add(microcredential())));
    expect(error).toMatchObject({ code: 'clock_skewed' });
    expect(String(error)).toMatch(ms > 0 ? /6 min behind/ : /6 min ahead/);
    expect(apiCalls()).toHaveLength(0);
  });

  test('less is tolerated, and more where the setting says so', async () => {
    for (const { seekPass, clock } of [skewed(4 * 60_000), skewed(3_600_000, { maxClockSkewMs: Infinity })]) {
      await expect(clock.runUntilSettled(seekPass.add(microcredential()))).resolves.toBeDefined();
    }
  });
});

describe('a shared token store', () => {
  function processes(count: number, store: TokenStore, events: SeekPassEvent[] = []) {
    const clock = new ManualClock();
    const server = new SmallSeekPass();
    const network = new FaultDispatcher({ clock, server: (request) => server.serve(request) });
    const clients = Array.from(
      { length: count },
      () =>
        new SeekPass({
          environment: 'staging',
          clientId,
          clientSecret,
          clock,
          random: () => 0.5,
          dispatcher: network,
          tokenStore: store,
          onEvent: (event) => events.push(event),
        }),
    );
    const addAll = () =>
      clock.runUntilSettled(Promise.all(clients.map((client, i) => client.add(microcredential(`a${i}`)))));
    return { clock, server, addAll };
  }

  test('8 processes that start at once: 1 token request; at the renewal: 1 more', async () => {
    const { clock, server, addAll } = processes(8, createMemoryTokenStore());
    await addAll();
    expect(server.tokens).toHaveLength(1);
    clock.advance(3_000_000);
    await addAll();
    await addAll();
    expect(server.tokens).toHaveLength(2);
  });

  test('a refused token is not taken from the store again', async () => {
    const { server, addAll } = processes(8, createMemoryTokenStore());
    await addAll();
    server.goodTokens = new Set(['token-2']);
    await addAll();
    expect(server.tokens).toHaveLength(2);
  });

  test('each process is told when a token comes into use, and for how long it is good', async () => {
    const events: SeekPassEvent[] = [];
    const { server, addAll } = processes(3, createMemoryTokenStore(), events);
    await addAll();
    await addAll();
    expect(server.tokens).toHaveLength(1);
    const told = events.filter((event) => event.type === 'token');
    expect(told).toHaveLength(3);
    for (const { expiresInMs } of told) expect(Math.abs(expiresInMs - 3_590_000)).toBeLessThan(1_000);
    expect(JSON.stringify(told)).not.toContain('token-1');
  });

  test.each(['get', 'set', 'withLock', 'delete'] as const)(
    'a store whose %s fails is reported and gone around',
    async (broken) => {
      const events: SeekPassEvent[] = [];
      const store = { ...createMemoryTokenStore(), [broken]: () => Promise.reject(new Error('store down')) };
      const { server, addAll } = processes(1, store, events);
      await addAll();
      server.goodTokens = new Set(['token-2']);
      await addAll();
      expect(events.some((event) => event.type === 'token_store_failed')).toBe(true);
    },
  );
});

function jwt(exp: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claim = typeof exp === 'number' ? Date.UTC(2026, 0, 1) / 1000 + exp : exp;
  return `${part({ alg: 'HS512' })}.${part({ iat: 1, exp: claim })}.c2ln`;
}
