import { describe, expect, test } from 'vitest';
import type { CredentialType } from '@seek-pass-kit/core';
import type { Mapping, MappingSource } from '../../contract/mapping.ts';
import { readValues } from '../../server/src/mapping/read-values.ts';
import { someSite } from './some-site.ts';

interface Case extends Partial<Omit<Mapping, 'targets'>> {
  readonly target: string;
  readonly from: string | MappingSource;
  readonly entry: Readonly<Record<string, unknown>>;
}

function read({ target, from, entry, ...rest }: Case) {
  const source = typeof from === 'string' ? { field: from } : from;
  const credentialType: CredentialType = rest.credentialType ?? 'microcredential';
  const mapping: Mapping = {
    name: 'any',
    title: 'Any',
    contentType: 'api::completion.completion',
    enabled: true,
    ...rest,
    credentialType,
    targets: { [target]: source },
  };
  const { values, findings, empty } = readValues(someSite, mapping, entry);
  return {
    value: values.get(target),
    said: findings.map(({ message, remedy }) => `${message}. ${remedy}`)[0] ?? empty.get(target),
  };
}

const education = { credentialType: 'education' } as const;

describe('values', () => {
  test.each<[string, Case, unknown]>([
    [
      'a text, without outer spaces',
      { target: 'issuer_name', from: 'title', entry: { title: ' First Aid ' } },
      'First Aid',
    ],
    ['a number as a text', { target: 'assessment_result', from: 'hours', entry: { hours: 8 } }, '8'],
    [
      'a day',
      { target: 'issue_date', from: 'completedOn', entry: { completedOn: '2026-05-02' } },
      '2026-05-02',
    ],
    [
      'the day of a moment, where the institution is',
      {
        target: 'issue_date',
        from: 'completedAt',
        timeZone: 'Australia/Sydney',
        entry: { completedAt: '2026-05-01T22:30:00.000Z' },
      },
      '2026-05-02',
    ],
    [
      'a moment as the database may give it',
      {
        target: 'issue_date',
        from: 'completedAt',
        timeZone: 'UTC',
        entry: { completedAt: new Date('2026-05-01T22:30:00Z') },
      },
      '2026-05-01',
    ],
    [
      'a date in a text field',
      { target: 'issue_date', from: 'title', dateFormat: 'DD/MM/YYYY', entry: { title: '2/5/2026' } },
      '2026-05-02',
    ],
    [
      'the year of a day',
      { ...education, target: 'conferral_year', from: 'completedOn', entry: { completedOn: '2026-05-02' } },
      '2026',
    ],
    [
      'a year that is a number',
      { ...education, target: 'conferral_year', from: 'hours', entry: { hours: 2026 } },
      '2026',
    ],
    ['yes or no', { ...education, target: 'with_honours', from: 'passed', entry: { passed: false } }, false],
    [
      'a text that says yes',
      { ...education, target: 'with_honours', from: 'title', entry: { title: 'Yes' } },
      true,
    ],
    [
      'a list from a repeatable component',
      {
        ...education,
        target: 'majors',
        from: 'majors.name',
        entry: { majors: [{ name: 'Law; Ethics' }, { name: 'Finance' }] },
      },
      ['Law; Ethics', 'Finance'],
    ],
    [
      'a list from a text',
      { ...education, target: 'majors', from: { text: 'Law; Finance' }, entry: {} },
      ['Law', 'Finance'],
    ],
    [
      'a template',
      {
        target: 'issuer_name',
        from: { template: '{title} – {hours} {{h}}' },
        entry: { title: 'First Aid', hours: 8 },
      },
      'First Aid – 8 {h}',
    ],
    [
      'a component',
      { target: 'issuer_name', from: 'venue.city', entry: { venue: { city: 'Perth' } } },
      'Perth',
    ],
    [
      'one related entry of a relation to several',
      { target: 'microcredential_name', from: 'courses.title', entry: { courses: [{ title: 'First Aid' }] } },
      'First Aid',
    ],
    [
      'braces in a value, which are no template',
      { target: 'issuer_name', from: { template: '{title}!' }, entry: { title: '{learner.pin}' } },
      '{learner.pin}!',
    ],
  ])('%s', (_, given, value) => {
    expect(read(given)).toEqual({ value, said: undefined });
  });
});

describe('what cannot be read says so', () => {
  test.each<[string, Case, string]>([
    ['nothing there', { target: 'issuer_name', from: 'title', entry: {} }, 'title is empty'],
    ['an empty text', { target: 'issuer_name', from: 'title', entry: { title: '  ' } }, 'title is empty'],
    [
      'an empty relation',
      { target: 'full_name', from: 'learner.fullName', entry: { learner: null } },
      'learner is empty, or what it leads to is not published',
    ],
    [
      'several related entries',
      {
        target: 'microcredential_name',
        from: 'courses.title',
        entry: { courses: [{ title: 'A' }, { title: 'B' }] },
      },
      'courses.title has 2 values, and only one fits here. Leave one of them, or choose another field.',
    ],
    [
      'a moment without a time zone',
      { target: 'issue_date', from: 'completedAt', entry: { completedAt: '2026-05-01T22:30:00.000Z' } },
      'completedAt has a time, and the mapping does not say in which time zone its day is meant. Choose the time zone in the mapping.',
    ],
    [
      'yes or no for a text',
      { target: 'issuer_name', from: 'passed', entry: { passed: true } },
      'passed is yes or no, which says nothing here. Choose another field.',
    ],
    [
      'a text that is neither yes nor no',
      { ...education, target: 'with_honours', from: 'title', entry: { title: 'maybe' } },
      'title is neither yes nor no. Choose a yes-or-no field, or a text field that says yes, no, true or false.',
    ],
    [
      'a gap in a template',
      { target: 'issuer_name', from: { template: '{title} – {hours} hours' }, entry: { title: 'First Aid' } },
      'The text would have a gap: hours is empty. Fill it in and publish, or change the template.',
    ],
    [
      'an open brace',
      { target: 'issuer_name', from: { template: '{title' }, entry: { title: 'First Aid' } },
      'The template has a single {. Close it, or write {{ for the brace itself.',
    ],
    [
      'a value of another kind than its field',
      { target: 'issuer_name', from: 'title', entry: { title: { a: 1 } } },
      'title has a value that cannot be read. Enter it again and publish.',
    ],
  ])('%s', (_, given, said) => {
    expect(read(given)).toEqual({ value: undefined, said });
  });
});
