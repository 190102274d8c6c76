import { expect, test } from 'vitest';
import { freshSandbox, Partner, partnerOf } from './partner.ts';
import { microcredential } from './payloads.ts';

function claims(token: string): unknown[] {
  return token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
}

test('a token is a JWT, HS512, with iat and exp by the sandbox clock', async () => {
  const sandbox = await freshSandbox();
  sandbox.control.clock.freeze({ at: '2027-01-01T00:00:00Z' });
  const partner = await partnerOf(sandbox, 'write.education', 'write.microcredential');
  const [header, payload] = claims(partner.accessToken);
  expect(header).toMatchObject({ alg: 'HS512' });
  expect(payload).toMatchObject({ iat: 1_798_761_600, exp: 1_798_765_200 });
});

test('a token works until its last second and not after', async () => {
  const sandbox = await freshSandbox();
  sandbox.control.clock.freeze({ at: '2027-01-01T00:00:00Z' });
  const partner = await partnerOf(sandbox);
  sandbox.control.clock.advance({ seconds: 3599 });
  expect((await partner.add(microcredential('a'))).status).toBe(201);
  sandbox.control.clock.advance({ seconds: 1 });
  const refused = await partner.add(microcredential('b'));
  expect([refused.status, refused.body.error]).toEqual([401, 'invalid_token']);
});

test.each([
  [{ client_secret: 'wrong' }, 401, 'invalid_client'],
  [{ client_id: 'sandbox-somebody-else' }, 401, 'invalid_client'],
  [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  [{ scope: '' }, 400, 'invalid_scope'],
  [{ scope: 'write.universal_credential' }, 400, 'invalid_scope'],
  [{ scope: 'write.education everything' }, 400, 'invalid_scope'],
])('a token request with %j is refused with %d %s', async (change, status, error) => {
  const sandbox = await freshSandbox();
  const right = {
    grant_type: 'client_credentials',
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    scope: 'write.education',
  };
  const answer = await new Partner(sandbox).token({ ...right, ...change });
  expect([answer.status, answer.body.error]).toEqual([status, error]);
});

test('a scope the client was not granted is refused', async () => {
  const sandbox = await freshSandbox({ scopes: ['write.education'] });
  await expect(partnerOf(sandbox, 'write.microcredential')).rejects.toThrow('invalid_scope');
});

test('a token request that is not form-urlencoded is refused', async () => {
  const sandbox = await freshSandbox();
  const body = {
    grant_type: 'client_credentials',
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
  };
  const answer = await new Partner(sandbox).call('POST', '/api/partner/v1/oauth/token.json', body);
  expect(answer.status).toBe(400);
});

test.each([
  ['no token', ''],
  ['another scheme', 'Basic YTpi'],
  ['no JWT', 'Bearer nonsense'],
  ['three parts of nonsense', 'Bearer a.b.c'],
])('%s is refused with 401', async (_name, authorization) => {
  const sandbox = await freshSandbox();
  const answer = await new Partner(sandbox).call(
    'POST',
    '/api/partner/v1/add/education.json',
    {},
    { authorization },
  );
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/u);
});

test('a token with one changed character, and a token of another sandbox, are refused', async () => {
  const [sandbox, other] = [await freshSandbox(), await freshSandbox()];
  const { accessToken } = await partnerOf(sandbox);
  const foreign = (await partnerOf(other)).accessToken;
  const [head, payload, signature] = accessToken.split('.');
  const forged = Buffer.from(JSON.stringify({ ...(claims(accessToken)[1] as object), exp: 9e9 })).toString(
    'base64url',
  );
  for (const token of [
    foreign,
    `${head}.${forged}.${signature}`,
    `${head}.${payload}.${signature?.slice(0, -2)}`,
  ]) {
    const answer = await new Partner(sandbox).call(
      'GET',
      '/api/partner/v1/submissions/x/status.json',
      undefined,
      {
        authorization: `Bearer ${token}`,
      },
    );
    expect(answer.status).toBe(401);
  }
});

test('revoking all tokens stops those issued before and none issued after', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  sandbox.control.tokens.revokeAll();
  expect((await partner.status('x')).status).toBe(401);
  await partner.authenticate('write.education');
  expect((await partner.status('x')).status).toBe(404);
});

test('during a rotation of the client secret both work, afterwards only the new one', async () => {
  const sandbox = await freshSandbox();
  const { clientSecret } = sandbox.control.clients.rotateSecret({ keepPrevious: true });
  await partnerOf(sandbox);
  await partnerOf({ ...sandbox, clientSecret });
  const last = sandbox.control.clients.rotateSecret();
  await partnerOf({ ...sandbox, clientSecret: last.clientSecret });
  await expect(partnerOf({ ...sandbox, clientSecret })).rejects.toThrow('invalid_client');
});
