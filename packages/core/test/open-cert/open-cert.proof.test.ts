import assert from 'node:assert/strict';
import { proof } from '@seek-pass-kit/prove';
import * as fc from 'fast-check';
import { checkOpenCert, openCertDocument, SeekPassError } from '../../src/open-cert/index.ts';
import { now, referenceSaysIntact, transcript, wrap } from './samples.ts';

const payload = {
  full_name: 'NGUYEN Thi Lan',
  course_name: 'Bachelor of Nursing',
  education_provider: 'The Harbour University',
  conferral_year: '2025',
};

proof('documents of 5 kB checked at under 3 ms of CPU each', { small: 300, full: 10_000 }, ({ size }) => {
  const rows = Array.from({ length: 15 }, () => transcript.transcript[0]);
  const file = wrap({ transcript: rows });
  assert.ok(Buffer.byteLength(file) > 5_000);
  const before = process.cpuUsage();
  let found = 0;
  for (let n = 0; n < size; n += 1) if (checkOpenCert(file, { payload, now }).ok) found += 1;
  const { user, system } = process.cpuUsage(before);
  assert.equal(found, size);
  assert.ok((user + system) / 1_000 < size * 3, `${(user + system) / 1_000 / size} ms each`);
});

const file = wrap();
const members = [
  'version',
  'data',
  'signature',
  'privacy',
  'proof',
  'name',
  'recipient',
  '__proto__',
  '',
  'a.b',
];
const junk = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.json(),
  fc.string({ unit: 'binary' }),
);
const broken = fc.oneof(
  junk,
  // The file with a part replaced.
  fc
    .tuple(fc.nat(file.length), fc.nat(40), fc.string({ maxLength: 4 }))
    .map(([at, removed, added]) => file.slice(0, at) + added + file.slice(at + removed)),
  // The object with a member replaced at some depth.
  fc
    .tuple(fc.constantFrom('top', 'data', 'signature'), fc.constantFrom(...members), junk)
    .map(([where, member, value]) => {
      const document = JSON.parse(file);
      Object.defineProperty(where === 'top' ? document : document[where], member, {
        value,
        enumerable: true,
      });
      return document;
    }),
);

proof(
  'corrupt documents get a report and no error that is not ours',
  { small: 1_000, full: 50_000 },
  ({ size, seed }) => {
    fc.assert(
      fc.property(broken, (document) => {
        const { checks } = checkOpenCert(document, { payload, now });
        if (checks.integrity.result !== 'VALID') return true;
        return referenceSaysIntact(typeof document === 'string' ? document : JSON.stringify(document));
      }),
      { numRuns: size, seed },
    );
  },
);

proof(
  'corrupt documents become a document of one encoding or a typed error',
  { small: 1_000, full: 20_000 },
  ({ size, seed }) => {
    fc.assert(
      fc.property(broken, (document) => {
        try {
          return typeof JSON.parse(openCertDocument(document).value) === 'object';
        } catch (error) {
          return SeekPassError.is(error) && error.code === 'invalid_payload';
        }
      }),
      { numRuns: size, seed },
    );
  },
);
