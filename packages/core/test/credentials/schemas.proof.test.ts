import assert from 'node:assert/strict';
import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { describe } from 'vitest';
import { credentialTypes, toWire, validate, wireSchemas } from '../../src/credentials/index.ts';
import { documentedFields, mutationsOf, objectOf } from './documented-fields.ts';

describe.each(credentialTypes)('the schema of %s', (credential_type) => {
  const fields = documentedFields[credential_type];

  proof(`takes every valid payload (${credential_type})`, { small: 300, full: 20_000 }, ({ size, seed }) => {
    fc.assert(
      fc.property(objectOf(fields), (valid) => {
        const credential = { credential_type, fields: valid };
        assert.deepEqual(validate(credential).problems, []);
        const chained = {
          ...credential,
          ...(credential_type === 'universal_credential' ? {} : { partner_chain: [{ name: 'A' }] }),
        };
        const wire = toWire(chained as never, { id: '1' }).body;
        const schema =
          credential_type === 'universal_credential'
            ? wireSchemas.addV2[credential_type]
            : wireSchemas.addV1[credential_type];
        assert.equal(schema.safeParse(wire).error, undefined);
        const { body } = toWire(credential as never, { id: '1' });
        const sent = JSON.parse(JSON.stringify(body)) as { fields?: unknown; data?: { credential: unknown } };
        assert.deepEqual(sent.fields ?? sent.data?.credential, JSON.parse(JSON.stringify(valid)));
      }),
      { numRuns: size, seed },
    );
  });

  proof(
    `refuses every mutated payload, at the right place (${credential_type})`,
    { small: 25, full: 1_000 },
    ({ size, seed }) => {
      fc.assert(
        fc.property(objectOf(fields), (valid) => {
          for (const index of mutationsOf(fields, valid).keys()) {
            const payload = structuredClone(valid);
            const mutation = mutationsOf(fields, payload)[index];
            if (mutation === undefined) continue;
            mutation.mutate(mutation.parent);
            const paths = validate({ credential_type, fields: payload }).problems.map(({ path }) => path);
            assert.ok(
              paths.some((path) => path.startsWith(`fields.${mutation.path}`)),
              `${mutation.name} was not found; found: ${paths.join(' ')}`,
            );
            assert.ok(paths.length <= 2, `${mutation.name} led to ${paths.join(' ')}`);
          }
        }),
        { numRuns: size, seed },
      );
    },
  );
});
