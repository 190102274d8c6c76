import { expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import { freshSandbox, partnerOf } from './partner.ts';
import { education } from './payloads.ts';

interface ControlAnswer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read members of answers they expect
  readonly body: any;
}

async function control(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<ControlAnswer> {
  const answer = await fetch(`${sandbox.controlUrl}api${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

test('the HTTP twin says what the in-process one says', async () => {
  const sandbox = await freshSandbox({ machineNow: () => Date.parse('2027-01-01T00:00:00Z') });
  const partner = await partnerOf(sandbox);
  await partner.add(education('e'));
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  const inProcess = sandbox.control;
  const pairs: [string, unknown][] = [
    ['/state', inProcess.state()],
    ['/clock', inProcess.clock.state()],
    ['/requests', inProcess.requests.list()],
    ['/requests/1', inProcess.requests.read(1)],
    ['/submissions', inProcess.submissions.list()],
    ['/submissions/e', inProcess.submissions.read('e')],
    ['/verifications', []],
    ['/faults', []],
    ['/webhooks', []],
    ['/deliveries', []],
    ['/mails', []],
  ];
  for (const [path, expected] of pairs) {
    expect(await control(sandbox, 'GET', path)).toEqual({ status: 200, body: plain(expected) });
  }
});

test('a learner is acted, the clock moved and a fault set over HTTP', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const link = (await partner.add(education('e'))).body.redirect_uri;
  const at = { link, email: 'kim@learners.example' };
  expect((await control(sandbox, 'POST', '/learner/open', at)).body).toEqual({ step: 'consent' });
  expect((await control(sandbox, 'POST', '/learner/consent', at)).body).toEqual({ step: 'done' });
  expect((await control(sandbox, 'POST', '/learner/sign-in-to-app', { email: at.email })).status).toBe(200);
  expect((await control(sandbox, 'POST', '/learner/wallet', { email: at.email })).body).toHaveLength(1);
  const fault = { path: '/api/*', effect: { kind: 'status', status: 500 } };
  const { faultId } = (await control(sandbox, 'POST', '/faults', fault)).body;
  expect((await partner.status('e')).status).toBe(500);
  expect((await control(sandbox, 'DELETE', `/faults/${faultId}`)).status).toBe(200);
  expect((await partner.status('e')).status).toBe(200);
  const moved = await control(sandbox, 'POST', '/clock/advance', { hours: 48 });
  expect(moved.body.aheadMs).toBeGreaterThanOrEqual(48 * 3_600_000);
  expect((await control(sandbox, 'POST', '/reset')).body).toEqual({});
  expect((await control(sandbox, 'GET', '/submissions')).body).toEqual([]);
});

test.each([
  ['POST', '/clock/advance', { days: 2 }, 400, 'invalid_request'],
  ['POST', '/clock/advance', { hours: -1 }, 400, 'invalid_request'],
  ['POST', '/clock/freeze', { at: 'yesterday' }, 400, 'invalid_request'],
  ['POST', '/learner/open', { email: 'a@b.example' }, 400, 'invalid_request'],
  ['POST', '/webhooks/trigger', { type: 'vwsp_request.verified' }, 404, 'not_found'],
  ['GET', '/submissions/nobody', undefined, 404, 'not_found'],
  ['GET', '/requests/0', undefined, 404, 'not_found'],
  ['DELETE', '/faults/nobody', undefined, 404, 'not_found'],
  ['GET', '/nothing', undefined, 404, 'not_found'],
  ['DELETE', '/state', undefined, 405, 'method_not_allowed'],
])('%s %s with %j answers %d %s', async (method, path, body, status, error) => {
  const sandbox = await freshSandbox();
  const answer = await control(sandbox, method, path, body);
  expect([answer.status, answer.body.error]).toEqual([status, error]);
});
