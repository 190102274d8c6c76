import { credentialTypes, validate } from '@seek-pass-kit/core';
import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import type { Mapping, MappingSource } from '../../contract/mapping.ts';
import { checkMapping } from '../../server/src/mapping/check-mapping.ts';
import { previewOf } from '../../server/src/mapping/entry-preview.ts';
import { targetsOf } from '../../server/src/mapping/mapping-targets.ts';
import { populateOf } from '../../server/src/mapping/populate-of.ts';
import { judgeEntry } from '../../server/src/mapping/read-entry.ts';
import { readValues } from '../../server/src/mapping/read-values.ts';
import { sourceFieldsOf } from '../../server/src/mapping/source-fields.ts';
import { someSite } from './some-site.ts';

const contentType = 'api::completion.completion';
const now = Date.parse('2026-06-01');
const paths = sourceFieldsOf(someSite, contentType).map(({ path }) => path);

/** Any value, and what an attacker may have typed into a field. */
const value = fc.oneof(
  fc.anything(),
  fc.string({ unit: 'grapheme' }),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom(
    '{secret}',
    '${secret}',
    '{{title}}',
    '<script>alert(1)</script>',
    '=1+1',
    '\u202Egnp.exe',
    'a\r\nBcc: x@example.com',
    NaN,
    -0,
    2n,
  ),
);
const names = [
  'title',
  'notes',
  'hours',
  'passed',
  'completedOn',
  'completedAt',
  'certificate',
  'user',
  'secret',
];
const inner = fc.oneof(
  value,
  fc.record({ fullName: value, email: value, title: value, name: value, city: value, user: value }),
);
const entry = fc
  .tuple(
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value),
    fc.record({
      learner: inner,
      courses: fc.oneof(inner, fc.array(inner)),
      venue: inner,
      majors: fc.array(inner),
    }),
  )
  .map(([own, related]) => ({ ...own, ...related, documentId: 'e1' }));

const path = fc.oneof(fc.constantFrom(...paths), fc.string());
const source: fc.Arbitrary<MappingSource> = fc.oneof(
  path.map((field) => ({ field })),
  fc.string({ minLength: 1 }).map((text) => ({ text })),
  fc
    .oneof(
      path.map((field) => `{title} {${field}}`),
      fc.string(),
    )
    .map((template) => ({ template })),
);
const mapping: fc.Arbitrary<Mapping> = fc.constantFrom(...credentialTypes).chain((credentialType) => {
  const known = targetsOf(credentialType).map(({ name }) => name);
  const target = fc.oneof(fc.constantFrom(...known, 'known_facts.number'), fc.string());
  return fc.record({
    name: fc.constant('any'),
    title: fc.constant('Any'),
    contentType: fc.constant(contentType),
    credentialType: fc.constant(credentialType),
    enabled: fc.constant(true),
    targets: fc.dictionary(target, source),
    timeZone: fc.constantFrom('UTC', 'Australia/Sydney', 'Nowhere/At_All'),
  });
});

proof(
  'Mapping: whatever an entry and a mapping hold, nothing throws, and what is called right is a credential that SEEK Pass takes',
  { small: 300, full: 30_000 },
  async ({ size, seed }) => {
    fc.assert(
      fc.property(mapping, entry, (given, of) => {
        checkMapping(someSite, given, { now });
        populateOf(someSite, given);
        const { award, findings } = judgeEntry(given, of, readValues(someSite, given, of), undefined, {
          now,
        });
        previewOf(given, award, {});
        const isRight = !findings.some(({ severity }) => severity === 'error');
        return !isRight || validate(award.credential).ok;
      }),
      { seed, numRuns: size },
    );
  },
);

proof(
  'Mapping: a hostile text stays the text it is',
  { small: 300, full: 30_000 },
  async ({ size, seed }) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const given: Mapping = {
          name: 'any',
          title: 'Any',
          contentType,
          credentialType: 'microcredential',
          enabled: true,
          targets: { issuer_name: { field: 'title' }, microcredential_name: { template: '<{title}>' } },
        };
        const { values } = readValues(someSite, given, { title: text, secret: 'seed' });
        const trimmed = text.trim();
        return trimmed === ''
          ? !values.has('issuer_name')
          : values.get('issuer_name') === trimmed && values.get('microcredential_name') === `<${trimmed}>`;
      }),
      { seed, numRuns: size },
    );
  },
);
