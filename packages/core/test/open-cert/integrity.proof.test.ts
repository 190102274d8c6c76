import { proof } from '@seek-pass-kit/prove';
import * as fc from 'fast-check';
import { checkOpenCert } from '../../src/open-cert/index.ts';
import { now, obfuscate, referenceSaysIntact, wrap, wrapTogether } from './samples.ts';

const isIntact = (text: string) => checkOpenCert(text, { now }).checks.integrity.result === 'VALID';

// Without the keys that we refuse and the reference library loses or rejects.
const key = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((name) => !name.includes('.') && name !== '__proto__');
const leaf = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
);
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}));
const anyPaths = fc.subarray(
  ['id', 'name', 'recipient.name', 'issuers[0].identityProof', 'transcript', 'additionalData'],
  { minLength: 1 },
);

proof(
  'whatever the reference library wraps is intact, obfuscated or not',
  { small: 150, full: 5_000 },
  ({ size, seed }) => {
    fc.assert(
      fc.property(anyValue, anyPaths, (value, paths) => {
        const wrapped = wrap({ additionalData: { value } });
        return [wrapped, obfuscate(wrapped, paths)].every(
          (file) => isIntact(file) && referenceSaysIntact(file),
        );
      }),
      { numRuns: size, seed },
    );
  },
);

proof(
  'no document survives one character changed in its data or hashes',
  { small: 2_000, full: 50_000 },
  ({ size, seed }) => {
    const [first = ''] = wrapTogether([{}, { id: 'CERT-2' }, { id: 'CERT-3' }]);
    const file = obfuscate(first, ['recipient.studentId']);
    const protectedPart = (text: string) => {
      const { data, signature, privacy } = JSON.parse(text);
      return JSON.stringify({ data, signature, privacy });
    };
    const original = protectedPart(file);
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.string({ unit: 'binary', maxLength: 1 }), (at, character) => {
        const changed = file.slice(0, at) + character + file.slice(at + 1);
        // The change can be outside (`schema`), or another spelling of the same JSON.
        return !isIntact(changed) || protectedPart(changed) === original;
      }),
      { numRuns: size, seed },
    );
  },
);
