import { describe, expect, test } from 'vitest';
import { checkMapping } from '../../server/src/mapping/check-mapping.ts';
import { populateOf } from '../../server/src/mapping/populate-of.ts';
import { readValues } from '../../server/src/mapping/read-values.ts';
import { findSource, sourceFieldsOf } from '../../server/src/mapping/source-fields.ts';
import { courseMapping } from './course-mapping.ts';
import { someSite } from './some-site.ts';

const contentType = 'api::completion.completion';
const now = Date.parse('2026-06-01');

const closed = [
  'hidden',
  'keptPrivate',
  'everywherePrivate',
  'secret',
  'learner.taxNumber',
  'learner.pin',
  'venue.code',
  'user.email',
  'user.resetPasswordToken',
  'user.confirmationToken',
  'user.password',
  'createdBy.email',
  'createdBy.resetPasswordToken',
  'learner.createdBy',
  'learner.user.resetPasswordToken',
  '__proto__',
  'constructor.name',
  'learner.__proto__',
];

/** An entry that has all of it, as if somebody had populated too much. */
const entry = {
  documentId: 'e1',
  hidden: 'seed-hidden',
  keptPrivate: 'seed-kept',
  everywherePrivate: 'seed-everywhere',
  secret: 'seed-secret',
  learner: {
    fullName: 'Mei Lin Tan',
    taxNumber: 'seed-tax',
    pin: 'seed-pin',
    user: { resetPasswordToken: 'seed-token' },
  },
  venue: { city: 'Perth', code: 'seed-code' },
  user: {
    documentId: 'u1',
    email: 'seed-email',
    resetPasswordToken: 'seed-reset',
    confirmationToken: 'seed-confirm',
    password: 'seed-hash',
  },
  createdBy: { email: 'seed-admin', resetPasswordToken: 'seed-admin-token' },
};

describe('security rule 24', () => {
  test('security rule 24: resetPasswordToken cannot be mapped', () => {
    const mapping = {
      ...courseMapping,
      targets: { ...courseMapping.targets, microcredential_name: { field: 'user.resetPasswordToken' } },
    };
    expect(checkMapping(someSite, mapping, { now })).toContainEqual({
      target: 'microcredential_name',
      severity: 'error',
      message: 'user leads to accounts or data of Strapi itself, which never go into a credential.'.replace(
        /\.$/,
        '',
      ),
      remedy: 'Choose another field.',
    });
    expect(
      checkMapping(someSite, { ...mapping, contentType: 'plugin::users-permissions.user' }, { now }),
    ).toMatchObject([{ target: 'contentType', severity: 'error' }]);
    expect(readValues(someSite, mapping, entry).values.get('microcredential_name')).toBeUndefined();
  });

  test.each(closed)(
    'security rule 24: %s is refused when a mapping is saved, when it is loaded and when it is read',
    (path) => {
      expect(findSource(someSite, contentType, path)).toHaveProperty('refused');
      expect(sourceFieldsOf(someSite, contentType).map((field) => field.path)).not.toContain(path);
      for (const source of [{ field: path }, { template: `No. {${path}}` }]) {
        const mapping = { ...courseMapping, targets: { microcredential_name: source } };
        const errors = checkMapping(someSite, mapping, { now }).filter(
          ({ target }) => target === 'microcredential_name',
        );
        expect(errors).toMatchObject([{ severity: 'error' }]);
        expect(populateOf(someSite, mapping)).toEqual({});
        expect(JSON.stringify([...readValues(someSite, mapping, entry).values])).not.toContain('seed-');
      }
    },
  );

  test('security rule 24: of a user of the site only the id is taken, and only for the user of the award', () => {
    expect(findSource(someSite, contentType, 'user')).toMatchObject({ field: { kind: 'user' } });
    const mapping = {
      ...courseMapping,
      targets: { user: { field: 'user' }, issuer_name: { field: 'user' } },
    };
    expect(populateOf(someSite, mapping)).toEqual({ user: { fields: ['documentId'] } });
    const { values, findings } = readValues(someSite, mapping, entry);
    expect([...values]).toEqual([['subject', 'strapi-user:u1']]);
    expect(findings.map(({ target }) => target)).toEqual(['issuer_name']);
  });
});

test.each([
  [
    'extra',
    'extra is of the kind json, which does not fit into a credential: use a field with a plain value.',
  ],
  [
    'sections',
    'sections is of the kind dynamiczone, which does not fit into a credential: use a field with a plain value.',
  ],
  [
    'anything.title',
    'anything can lead to entries of several content types: relate to one content type instead.',
  ],
  ['learner', 'learner is a relation: choose one of the fields of what it leads to.'],
  ['venue', 'venue is a component: choose one of its fields.'],
  [
    'learner.user.id',
    'learner.user.id leads too far: only fields of the entry and of what it relates to directly.',
  ],
  ['nothing', 'There is no field nothing: choose another.'],
])('%s does not fit, and the sentence says why', (path, refused) => {
  expect(findSource(someSite, contentType, path)).toEqual({ refused });
});

test('fields of the entry, of relations and of components are offered', () => {
  const paths = sourceFieldsOf(someSite, contentType).map(({ path }) => path);
  for (const path of [
    'title',
    'completedAt',
    'certificate',
    'learner.fullName',
    'courses.title',
    'venue.city',
    'majors.name',
  ]) {
    expect(paths).toContain(path);
  }
});

test('only what a mapping names is loaded', () => {
  const targets = {
    full_name: { field: 'learner.fullName' },
    user: { field: 'learner.user' },
    document: { field: 'certificate' },
    microcredential_name: { template: '{title} in {venue.city}' },
  };
  expect(populateOf(someSite, { ...courseMapping, targets })).toEqual({
    learner: { fields: ['documentId', 'fullName'], populate: { user: { fields: ['documentId'] } } },
    certificate: true,
    venue: { fields: ['documentId', 'city'] },
  });
});
