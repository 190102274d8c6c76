import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { SeekPassOptions } from '../../src/index.ts';
import type { Fault, Reply, SeenRequest } from '../../src/testing/index.ts';
import { FaultDispatcher, ManualClock } from '../../src/testing/index.ts';
import { SeekPass } from '../../src/index.ts';
import { clientId, clientSecret, origin } from '../support/small-seek-pass.ts';

const display_options = { partner_name: 'Example Hirer' };
const thrown = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

function make(
  answer: (request: SeenRequest) => Reply,
  faults: Fault[] = [],
  options: Partial<SeekPassOptions> = {},
) {
  const clock = new ManualClock();
  const network = new FaultDispatcher({
    clock,
    faults,
    server: (request) =>
      request.path.includes('/oauth/')
        ? { status: 200, body: { access_token: 'abc', expires_in: 900 } }
        : answer(request),
  });
  const seekPass = new SeekPass({
    environment: 'staging',
    clientId,
    clientSecret,
    clock,
    random: () => 0.5,
    dispatcher: network,
    ...options,
  });
  const apiCalls = () => network.requests.filter((request) => !request.path.includes('/oauth/'));
  return { seekPass, clock, apiCalls };
}

const link = { status: 201, body: { redirect_uri: `${origin}/partner/verify/x#y` } };

describe('verify.request', () => {
  test('sends the documented body, with a request id of ours when the caller has none', async () => {
    const { seekPass, clock, apiCalls } = make(() => link);
    const { requestId, redirectUri } = await clock.runUntilSettled(
      seekPass.verify.request({ display_options }),
    );
    expect(redirectUri).toBe(link.body.redirect_uri);
    expect(JSON.parse(apiCalls()[0]?.body ?? '')).toEqual({ request_id: requestId, display_options });
    expect(apiCalls()[0]).toMatchObject({
      method: 'POST',
      path: '/api/partner/v2/verify/requests/digital_identity.json',
    });
    const named = await clock.runUntilSettled(
      seekPass.verify.request({ request_id: 'r-1', display_options }),
    );
    expect(named.requestId).toBe('r-1');
  });

  test('a lost answer is repeated under the same request id', async () => {
    const { seekPass, clock, apiCalls } = make(
      () => link,
      [
        { kind: 'reset', accepted: true },
        { kind: 'hang', accepted: true },
      ],
    );
    await clock.runUntilSettled(seekPass.verify.request({ display_options }));
    const ids = apiCalls().map((call) => (JSON.parse(call.body) as { request_id: string }).request_id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  test('nothing is sent when the request is not valid', async () => {
    const { seekPass, apiCalls } = make(() => link);
    const error = await thrown(seekPass.verify.request({ display_options: {} } as never));
    expect(error).toMatchObject({
      code: 'invalid_payload',
      problems: [expect.objectContaining({ path: 'display_options.partner_name' })],
    });
    expect(apiCalls()).toHaveLength(0);
  });

  test('a link to elsewhere is hostile', async () => {
    const { seekPass, clock } = make(() => ({
      status: 201,
      body: { redirect_uri: 'https://evil.example/' },
    }));
    expect(await clock.runUntilSettled(thrown(seekPass.verify.request({ display_options })))).toMatchObject({
      code: 'hostile_redirect',
    });
  });
});

describe('verify.result', () => {
  const answer = {
    request_id: 'r 1',
    status: 'verified',
    credential: { full_name: 'Mali Example', date_of_birth: '2001-02-03' },
    new_member: 1,
  };

  test('keeps every member, and shows none of them to a log', async () => {
    const { seekPass, clock, apiCalls } = make(() => ({ status: 200, body: answer }));
    const result = await clock.runUntilSettled(seekPass.verify.result('r 1'));
    expect(apiCalls()[0]?.path).toBe('/api/partner/v2/verify/requests/r%201/status.json');
    expect(result.response).toEqual(answer);
    expect(result.status).toBe('verified');
    expect(inspect(result) + JSON.stringify(result)).not.toContain('Mali');
  });

  test('tolerates a status it does not know, or none; the path is a setting', async () => {
    const { seekPass, clock, apiCalls } = make(
      (request) => ({ status: 200, body: request.path.includes('a1') ? { status: 'new' } : {} }),
      [],
      {
        paths: { verifyResult: '/api/partner/v3/results/{request_id}' },
      },
    );
    expect((await clock.runUntilSettled(seekPass.verify.result('a1'))).status).toBe('new');
    expect((await clock.runUntilSettled(seekPass.verify.result('b2'))).status).toBe('not_reported');
    expect(apiCalls()[0]?.path).toBe('/api/partner/v3/results/a1');
  });

  test('an answer about another request is never taken', async () => {
    const { seekPass, clock } = make(() => ({ status: 200, body: answer }));
    expect(await clock.runUntilSettled(thrown(seekPass.verify.result('r 2')))).toMatchObject({
      code: 'unexpected_response',
    });
  });
});
