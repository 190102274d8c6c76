import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { freshSandbox, Partner, partnerOf } from './partner.ts';
import { education } from './payloads.ts';

const path = '/api/partner/v1/add/*';

async function ready() {
  const sandbox = await freshSandbox();
  return {
    sandbox,
    partner: await partnerOf(sandbox),
    faults: sandbox.control.faults,
    log: sandbox.control.requests,
  };
}

test('a status fault answers without effect, as often as counted', async () => {
  const { sandbox, partner, faults } = await ready();
  faults.set({ path, effect: { kind: 'status', status: 503 }, count: 2 });
  const seen = [];
  for (let attempt = 0; attempt < 3; attempt += 1) seen.push((await partner.add(education('e'))).status);
  expect(seen).toEqual([503, 503, 201]);
  expect(sandbox.control.submissions.read('e').repeats).toBe(0);
});

test.each(['3', 'Fri, 01 Jan 2027 00:00:00 GMT'])('429 carries Retry-After "%s"', async (retryAfter) => {
  const { partner, faults } = await ready();
  faults.set({ path, effect: { kind: 'status', status: 429, retryAfter } });
  const answer = await partner.add(education('e'));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, retryAfter]);
});

test('a gateway page can stand in for JSON', async () => {
  const { partner, faults } = await ready();
  const effect = {
    kind: 'status',
    status: 502,
    body: '<html>Bad gateway</html>',
    contentType: 'text/html',
  } as const;
  faults.set({ path, effect });
  expect((await partner.add(education('e'))).text).toBe('<html>Bad gateway</html>');
});

test('a reset before leaves nothing, a reset after has taken effect', async () => {
  const { sandbox, partner, faults } = await ready();
  faults.set({ path, effect: { kind: 'reset', when: 'before' }, count: 1 });
  await expect(partner.add(education('e'))).rejects.toThrow('fetch failed');
  expect(sandbox.control.submissions.list()).toHaveLength(0);
  faults.set({ path, effect: { kind: 'reset', when: 'after' }, count: 1 });
  await expect(partner.add(education('e'))).rejects.toThrow('fetch failed');
  expect(sandbox.control.submissions.list()).toHaveLength(1);
  expect((await partner.add(education('e'))).status).toBe(201);
  expect(sandbox.control.submissions.list()).toHaveLength(1);
});

test.each(['before', 'after'] as const)('a hang %s never answers', async (when) => {
  const { sandbox, partner, faults } = await ready();
  faults.set({ path, effect: { kind: 'hang', when } });
  const hanging = fetch(`${sandbox.baseUrl}/api/partner/v1/add/education.json`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${partner.accessToken}` },
    body: JSON.stringify(education('e')),
    signal: AbortSignal.timeout(150),
  });
  await expect(hanging).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }));
  expect(sandbox.control.submissions.list()).toHaveLength(when === 'after' ? 1 : 0);
});

test('a truncated body announces more than it sends', async () => {
  const { sandbox, partner, faults } = await ready();
  faults.set({ path, effect: { kind: 'truncated_body' } });
  await expect(partner.add(education('e'))).rejects.toThrow('terminated');
  expect(sandbox.control.submissions.list()).toHaveLength(1);
});

test('a slow body comes whole, later than its head', async () => {
  const { partner, faults } = await ready();
  faults.set({ path, effect: { kind: 'slow_body', ms: 200 } });
  const startedAt = performance.now();
  expect((await partner.add(education('e'))).body.redirect_uri).toContain('#clientId=');
  expect(performance.now() - startedAt).toBeGreaterThan(150);
});

test('latency answers rightly, later', async () => {
  const { partner, faults } = await ready();
  faults.set({ path, effect: { kind: 'latency', ms: 100 } });
  const startedAt = performance.now();
  expect((await partner.add(education('e'))).status).toBe(201);
  expect(performance.now() - startedAt).toBeGreaterThan(90);
});

test('token_revoked gives 401 once; a new token works', async () => {
  const { partner, faults } = await ready();
  faults.set({ path, effect: { kind: 'token_revoked' }, count: 1 });
  expect((await partner.add(education('e'))).status).toBe(401);
  expect((await partner.add(education('e'))).status).toBe(401);
  await partner.authenticate('write.education');
  expect((await partner.add(education('e'))).status).toBe(201);
});

test('a probability draws the same for the same seed and another for another', async () => {
  const { partner, faults } = await ready();
  const draw = async (seed: number): Promise<string> => {
    faults.clear();
    faults.set({
      path: '/api/partner/v1/submissions/*',
      effect: { kind: 'status', status: 500 },
      probability: 0.5,
      seed,
    });
    let seen = '';
    for (let call = 0; call < 40; call += 1) seen += (await partner.status('x')).status === 500 ? 'F' : '.';
    return seen;
  };
  const first = await draw(7);
  expect(await draw(7)).toBe(first);
  expect(await draw(8)).not.toBe(first);
  const struck = first.split('F').length - 1;
  expect(struck).toBeGreaterThan(8);
  expect(struck).toBeLessThan(32);
});

test('a fault strikes its method and path only, and ends when removed', async () => {
  const { partner, faults } = await ready();
  const { faultId } = faults.set({ method: 'GET', path: '/api/*', effect: { kind: 'status', status: 500 } });
  expect((await partner.add(education('e'))).status).toBe(201);
  expect((await partner.status('e')).status).toBe(500);
  faults.remove(faultId);
  expect((await partner.status('e')).status).toBe(200);
});

test.each([
  [{ path, effect: { kind: 'explode' } }],
  [{ path: 'api', effect: { kind: 'truncated_body' } }],
  [{ path, effect: { kind: 'latency' } }],
  [{ path, effect: { kind: 'truncated_body' }, probability: 2 }],
])('the fault %j is refused', async (rule) => {
  const { faults } = await ready();
  // A JavaScript caller has no types.
  expect(() => faults.set(rule as never)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test('the request log shows calls with bodies and the fault, without secrets and tokens', async () => {
  const { sandbox, partner, faults, log } = await ready();
  faults.set({ path, effect: { kind: 'hang', when: 'after' } });
  const controller = new AbortController();
  const hanging = fetch(`${sandbox.baseUrl}/api/partner/v1/add/education.json?x=1`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${partner.accessToken}` },
    body: JSON.stringify(education('e')),
    signal: controller.signal,
  }).catch(() => undefined);
  while (log.list().length < 2) await after(5);
  controller.abort();
  await hanging;
  const [add, token] = log.list();
  expect(add).toMatchObject({ method: 'POST', url: '/api/partner/v1/add/education.json?x=1', fault: 'hang' });
  expect(add?.status).toBeUndefined();
  expect(add?.requestBody).toContain('Nguyễn');
  expect(token?.requestBody).toContain('client_secret=…');
  const shown = JSON.stringify(log.list());
  expect(shown).not.toContain(sandbox.clientSecret);
  expect(shown).not.toContain(partner.accessToken);
});

test('the request log keeps the newest 500 calls', async () => {
  const sandbox = await freshSandbox();
  const partner = new Partner(sandbox);
  for (let call = 0; call < 1_050; call += 50) {
    await Promise.all(Array.from({ length: 50 }, () => partner.status('x')));
  }
  expect(sandbox.control.requests.list(10_000)).toHaveLength(500);
  expect(sandbox.control.state().counts.requests).toBe(1_050);
  expect(sandbox.control.requests.list(1)[0]?.requestNumber).toBe(1_050);
});
