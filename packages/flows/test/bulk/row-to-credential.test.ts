import { expect, test } from 'vitest';
import type { CredentialType } from '@seek-pass-kit/core';
import { columnsByName } from '../../src/bulk/file-columns.ts';
import { columnOfPath, rowToCredential } from '../../src/bulk/row-to-credential.ts';

function read(type: CredentialType, row: Readonly<Record<string, string>>) {
  return rowToCredential(columnsByName(Object.keys(row), type), Object.values(row));
}

const microcredential = {
  key: 'SQL-1',
  email: 'a@example.edu',
  full_name: 'Wulandari',
  issuer_name: 'Wattle Bay Institute of Technology',
  microcredential_name: 'Data Analysis with SQL',
  issue_date: '2025-06-27',
};

test('fields keep their wire names; key and recipient stay out of the credential', () => {
  expect(read('microcredential', microcredential)).toEqual({
    credential: {
      credential_type: 'microcredential',
      fields: {
        full_name: 'Wulandari',
        issuer_name: 'Wattle Bay Institute of Technology',
        microcredential_name: 'Data Analysis with SQL',
        issue_date: '2025-06-27',
      },
    },
    recipient: { fullName: 'Wulandari', email: 'a@example.edu' },
    key: 'SQL-1',
    notBoolean: [],
  });
});

test('an empty cell leaves its field out', () => {
  const { credential } = read('microcredential', { ...microcredential, expiry_date: '', issue_date: '' });
  expect(credential['fields']).not.toHaveProperty('expiry_date');
  expect(credential['fields']).not.toHaveProperty('issue_date');
});

const education = {
  email: 'a@example.edu',
  full_name: 'Ng',
  education_provider: 'Wattle Bay Institute of Technology',
  course_name: 'Bachelor of Applied Statistics',
  conferral_year: '2025',
};

test('yes and no, lists, and an empty year of those who await graduation', () => {
  const row = {
    ...education,
    conferral_year: '',
    awaiting_graduation: 'TRUE',
    with_honours: 'no',
    majors: 'Finance; Law;',
  };
  expect(read('education', row).credential['fields']).toMatchObject({
    conferral_year: null,
    awaiting_graduation: true,
    with_honours: false,
    majors: ['Finance', 'Law'],
  });
});

test('what is neither yes nor no is told, not guessed', () => {
  const { credential, notBoolean } = read('education', { ...education, with_honours: 'first class' });
  expect(notBoolean).toEqual(['with_honours']);
  expect(credential['fields']).not.toHaveProperty('with_honours');
});

test('dots lead into objects', () => {
  const row = {
    email: 'a@example.edu',
    full_name: 'Ng',
    test_provider: 'Wattle Bay Test Centre',
    test_name: 'Wattle Bay English Test',
    completion_date: '2025-06-27',
    'test_scores.overall.score': '7.5',
    'test_scores.overall.scale': '9',
  };
  expect(read('english_proficiency', row).credential['fields']).toMatchObject({
    test_scores: { cefr_scores: {}, overall: { score: '7.5', scale: '9' } },
  });
});

test('a document and a partner chain stand beside the fields', () => {
  const row = {
    ...microcredential,
    document_type: 'pdf',
    document: 'https://files.example.edu/1.pdf',
    partner_chain: 'Wattle Group; Wattle Digital',
  };
  expect(read('microcredential', row).credential).toMatchObject({
    document: { type: 'pdf', value: 'https://files.example.edu/1.pdf' },
    partner_chain: [{ name: 'Wattle Group' }, { name: 'Wattle Digital' }],
  });
  expect(
    read('microcredential', { ...microcredential, document_type: 'none', document: '' }).credential,
  ).not.toHaveProperty('document');
});

test.each([
  ['fields.issue_date', 'issue_date'],
  ['document.type', 'document_type'],
  ['document.value', 'document'],
  ['document', 'document'],
  ['partner_chain.0.name', 'partner_chain'],
])('the path %s is the column %s', (path, column) => {
  expect(columnOfPath(columnsByName(Object.keys(microcredential), 'microcredential'), path)).toBe(column);
});
