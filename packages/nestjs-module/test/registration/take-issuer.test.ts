import { createMemoryStore } from '@seek-pass-kit/flows';
import { expect, test } from 'vitest';
import { takeIssuer } from '../../src/registration/take-issuer.ts';
import type { StoreSetting } from '../../src/seek-pass-module-options.ts';

const memory = createMemoryStore();
const pool = { connect: () => Promise.reject(new Error('Nobody connects.')), end: async () => undefined };
const address = 'postgres://127.0.0.1/uni';

test.each<[string, StoreSetting, StoreSetting]>([
  ['one store', memory, memory],
  ['one pool', { postgres: { pool } }, { postgres: { pool } }],
  ['one address', { postgres: { connectionString: address } }, { postgres: { connectionString: address } }],
  ['one folder', { embedded: { folder: 'data' } }, { embedded: { folder: './data' } }],
])('one issuer belongs to one registration of an application: %s', (_case, one, other) => {
  const application = {};
  takeIssuer(application, 'hr', { issuer: 'uni', store: one });
  expect(() => takeIssuer(application, 'sales', { issuer: 'uni', store: other })).toThrow(
    "issuer 'uni' of this database belongs to SeekPassModule 'hr'",
  );
  expect(() => takeIssuer(application, 'sales', { store: other })).not.toThrow();
  expect(() => takeIssuer({}, 'sales', { issuer: 'uni', store: other })).not.toThrow();
});

test('another database, another schema and a client alone are nobody else’s', () => {
  const application = {};
  takeIssuer(application, 'a', { issuer: 'uni', store: { postgres: { pool } } });
  for (const store of [memory, { postgres: { pool, schema: 'other' } }, undefined]) {
    const options = { issuer: 'uni', ...(store === undefined ? {} : { store }) };
    expect(() => takeIssuer(application, 'b', options)).not.toThrow();
  }
});
