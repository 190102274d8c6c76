import assert from 'node:assert/strict';
import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import {
  batchToWire,
  credentialFromEnvelope,
  credentialTypes,
  validate,
  validateBatch,
} from '../../src/credentials/index.ts';
import { SeekPassError } from '../../src/errors.ts';
import { documentedFields } from './documented-fields.ts';

const anything = fc.anything({
  withNullPrototype: true,
  withSparseArray: true,
  withDate: true,
  withMap: true,
});
const fieldNames = [...new Set(Object.values(documentedFields).flatMap((fields) => Object.keys(fields)))];
const fields = fc.oneof(anything, fc.dictionary(fc.constantFrom(...fieldNames), anything));
const type = fc.oneof(fc.constantFrom(...credentialTypes), anything);
const document = fc.oneof(
  anything,
  fc.record({ type: fc.constantFrom('pdf', 'open_cert'), value: anything }),
);
const credential = fc.record(
  { credential_type: type, fields, document, partner_chain: anything },
  { requiredKeys: [] },
);
const envelope = fc.record(
  {
    id: anything,
    credential_type: type,
    document_type: anything,
    data: fc.oneof(anything, fc.record({ credential: fields, document })),
  },
  { requiredKeys: [] },
);
const submission = fc.record(
  { id: anything, credential, version: fc.constantFrom('v1', 'v2', 3) },
  { requiredKeys: [] },
);
const batch = fc.record(
  {
    id: anything,
    version: fc.constantFrom('v1', 'v2', 3),
    digital_identity: anything,
    items: fc.oneof(anything, fc.array(submission)),
  },
  { requiredKeys: [] },
);

proof('any value at all gives problems, never an error', { small: 500, full: 100_000 }, ({ size, seed }) => {
  fc.assert(
    fc.property(fc.oneof(anything, credential, envelope, submission, batch), (input) => {
      for (const { ok, problems } of [validate(input), validateBatch(input)]) {
        assert.equal(ok, problems.length === 0);
        for (const { path, message, remedy } of problems) {
          assert.ok(path.length < 200 && message.length < 200 && remedy.length < 300);
        }
      }
      for (const read of [credentialFromEnvelope, batchToWire]) {
        try {
          read(input as never);
        } catch (error) {
          assert.ok(SeekPassError.is(error) && error.code === 'invalid_payload', String(error));
        }
      }
    }),
    { numRuns: size, seed },
  );
});
