import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { learnersFile, seekPass, temporaryFile } from './seek-pass-process.ts';

const header = 'credential_type,full_name,email,issuer_name,microcredential_name,issue_date';
const row = (
  fields: Partial<Record<'type' | 'name' | 'email' | 'issuer' | 'title' | 'date', string>>,
): string => {
  const { type, name, email, issuer, title, date } = {
    type: 'microcredential',
    name: 'Wulandari',
    email: 'w@example.edu',
    issuer: 'Wattle Bay Institute of Technology',
    title: 'Data Analysis with SQL',
    date: '2025-06-27',
    ...fields,
  };
  return [type, name, email, issuer, title, date].join(',');
};

async function findingsOf(contents: string | Uint8Array, name = 'learners.csv') {
  const { code, stdout, stderr } = await seekPass([
    'validate',
    await temporaryFile(name, contents),
    '--json',
  ]);
  return { code, stderr, document: JSON.parse(stdout) as Record<string, unknown> };
}

test('the sample has exactly one broken row, and every awkward name is taken', async () => {
  const { code, stdout } = await seekPass(['validate', learnersFile, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [{ row: 29, column: 'issue_date', severity: 'problem', code: 'bad_date' }],
    checked: 50,
    blocked: 1,
    complete: true,
  });
});

test('the report for people names row and column, and never a value', async () => {
  const { code, stdout } = await seekPass(['validate', learnersFile]);
  expect(code).toBe(1);
  expect(stdout).toContain('Row 29');
  expect(stdout).toContain('column issue_date');
  expect(stdout).toContain('49 rows can be sent, 1 cannot');
  expect(stdout).not.toMatch(/2025-06-31|ʻAhoʻeitu|example\.(edu|org)/);
});

test('every problem of every row is told, with its column', async () => {
  const { code, document } = await findingsOf(
    [
      header,
      row({ name: '', date: '31/06/2025' }),
      row({}),
      row({ email: 'two@example.edu;three@example.edu' }),
    ].join('\n'),
  );
  expect(code).toBe(1);
  expect(document).toMatchObject({
    findings: [
      { row: 2, column: 'full_name', code: 'missing_field' },
      { row: 2, column: 'issue_date', code: 'bad_date' },
      { row: 4, column: 'email', code: 'bad_email' },
    ],
    checked: 3,
    blocked: 2,
  });
});

test('a byte order mark, CRLF and line breaks in quotes do no harm', async () => {
  const { code, document } = await findingsOf(
    `\uFEFF${header}\r\n${row({ name: '"Robert Ellis, Jr."' })}\r\n\r\n`,
  );
  expect(document).toMatchObject({ findings: [], checked: 1 });
  expect(code).toBe(0);
});

test('what SEEK Pass calls unsuitable keeps a row from being sent', async () => {
  const { code, document } = await findingsOf(`${header}\n${row({ title: 'Certificate of Completion' })}\n`);
  expect(code).toBe(1);
  expect(document).toMatchObject({
    findings: [{ severity: 'error', code: 'generic_name', column: 'microcredential_name' }],
  });
});

test('a key that comes twice is a problem, a row that comes twice a warning', async () => {
  const twin = row({});
  const { document } = await findingsOf(
    `key,${header}\nA,${twin}\nA,${row({ name: 'Ng', email: 'ng@example.edu' })}\nB,${twin}\n`,
  );
  expect(document).toMatchObject({
    findings: [
      { row: 3, severity: 'problem', code: 'duplicate_key' },
      { row: 4, severity: 'warning', code: 'duplicate_row' },
    ],
    blocked: 1,
  });
});

test('an address that two names share is a warning, one person with two awards is not', async () => {
  const { code, document } = await findingsOf(
    `${header}\n${row({})}\n${row({ title: 'Data Visualisation' })}\n${row({ name: 'Ng', email: 'W@Example.edu' })}\n`,
  );
  expect(code).toBe(0);
  expect(document).toMatchObject({
    findings: [{ row: 4, column: 'email', severity: 'warning', code: 'shared_email' }],
  });
});

test('a row with a value too many is not read any further', async () => {
  const { document } = await findingsOf(`${header}\n${row({ name: 'Robert Ellis, Jr.' })}\n`);
  expect(document).toMatchObject({ findings: [{ row: 2, column: '', code: 'wrong_cell_count' }] });
});

test('another credential type in the same file is a problem of its row', async () => {
  const { document } = await findingsOf(
    `${header}\n${row({})}\n${row({ type: 'education', email: 'e@example.edu' })}\n`,
  );
  expect(document).toMatchObject({ findings: [{ row: 3, code: 'unknown_credential_type' }] });
});

test.each([
  ['a missing column', `${header.replace(',issue_date', '')}\n`, /issue_date is missing/],
  [
    'a misspelled column',
    `${header.replace('issue_date', 'Issue Date')}\n`,
    /rename "Issue Date" to issue_date/,
  ],
  ['no credential type', 'full_name,email\nNg,a@example.edu\n', /--type/],
  ['a header and no rows', `${header}\n`, /no rows/],
  ['an empty file', '', /no rows/],
  [
    'another encoding',
    Uint8Array.from(Buffer.from(`${header}\n${row({ name: 'Zo\u00EB' })}\n`, 'latin1')),
    /UTF-8/,
  ],
  ['a quote that never closes', `${header}\n${row({ name: '"Ng' })}\n`, /row 2/],
])('%s stops with 2 and one sentence', async (_, contents, sentence) => {
  // A file without rows does not tell its type either, so it is given.
  const type =
    typeof contents === 'string' && contents.split('\n').length > 2 ? [] : ['--type', 'microcredential'];
  const { code, stderr } = await seekPass([
    'validate',
    await temporaryFile('learners.csv', contents),
    ...type,
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a JSON document stays whole when the file breaks in the middle', async () => {
  const { code, document, stderr } = await findingsOf(
    `${header}\n${row({ date: 'soon' })}\n${row({ name: '"Ng' })}\n`,
  );
  expect(code).toBe(2);
  expect(document).toMatchObject({ complete: false });
  expect(stderr).not.toBe('');
});

const envelope = {
  id: '1',
  credential_type: 'right_to_work',
  document_type: 'none',
  data: { credential: { full_name: 'Ng', country: 'SG', singapore_work_rights: 'resident' } },
};

test('JSON: one payload or a list, envelopes and credentials, with path and number', async () => {
  const credential = { credential_type: 'right_to_work', fields: { full_name: 'Ng', country: 'Singapore' } };
  const { code, document } = await findingsOf(JSON.stringify([envelope, credential, 7]), 'payloads.json');
  expect(code).toBe(1);
  expect(document).toMatchObject({ checked: 3, blocked: 2 });
  const findings = document['findings'] as readonly Record<string, unknown>[];
  expect(findings.map(({ payload }) => payload)).toEqual(expect.arrayContaining([2, 3]));
  expect(findings[0]).toMatchObject({ payload: 2, path: 'fields.country' });
  expect((await findingsOf(JSON.stringify(envelope), 'payload.json')).code).toBe(0);
});

test('JSON: an id that comes twice is a problem', async () => {
  const { document } = await findingsOf(JSON.stringify([envelope, envelope]), 'payloads.json');
  expect(document).toMatchObject({
    findings: [{ payload: 2, path: 'id', code: 'duplicate_id' }],
    blocked: 1,
  });
});

test('JSON that is none says so without quoting it', async () => {
  const { code, stderr } = await seekPass([
    'validate',
    await temporaryFile('p.json', '{"full_name": secret'),
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain('not JSON');
  expect(stderr).not.toContain('secret');
});

test('a long file is checked in little memory', async () => {
  const rows = Array.from({ length: 10_000 }, (_, at) =>
    row({ name: `Learner ${'x'.repeat(180)}`, email: `l${at}@example.edu` }),
  );
  const file = await temporaryFile('long.csv', `${header}\n${rows.join('\n')}\n`);
  const { code, stdout } = await seekPass(['validate', file, '--json'], {
    settings: { NODE_OPTIONS: '--max-old-space-size=40' },
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ checked: 10_000 });
  expect((await readFile(file)).length).toBeGreaterThan(2_500_000);
});
