import { expect, test } from 'vitest';
import { freshSandbox, Partner } from './partner.ts';

test('the OpenAPI document is served and says whose it is', async () => {
  const sandbox = await freshSandbox();
  const { body } = await new Partner(sandbox).call('GET', '/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  expect(body.info.description).toContain('not a document of SEEK Pass');
  const add = body.paths['/api/partner/v1/add/microcredential.json'].post;
  expect(add.security).toEqual([{ clientCredentials: ['write.microcredential'] }]);
  const { schema } = add.requestBody.content['application/json'];
  expect(schema.properties.data.properties.credential.required).toEqual(
    expect.arrayContaining(['full_name', 'issuer_name', 'microcredential_name', 'issue_date']),
  );
});

test('every described path is served: none answers 404 for its path', async () => {
  const sandbox = await freshSandbox();
  const partner = new Partner(sandbox);
  const { body } = await partner.call('GET', '/openapi.json');
  for (const [path, operations] of Object.entries<Record<string, unknown>>(body.paths)) {
    for (const method of Object.keys(operations).filter((name) => name !== 'parameters')) {
      const answer = await partner.call(method.toUpperCase(), path.replaceAll(/\{[a-z_]+\}/gu, 'x'));
      const expected = path === '/uploads/{upload_id}' ? [404] : path.endsWith('token.json') ? [400] : [401];
      expect([`${method} ${path}`, expected]).toEqual([`${method} ${path}`, [answer.status]]);
    }
  }
});
