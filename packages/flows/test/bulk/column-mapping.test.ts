import { describe, expect, it } from 'vitest';
import { checkRows } from '../../src/bulk/check-rows.ts';
import type { ColumnMapping } from '../../src/bulk/column-mapping.ts';
import { guessColumns, guessMapping } from '../../src/bulk/guess-mapping.ts';
import { mappingFromYaml, mappingToYaml } from '../../src/bulk/mapping-text.ts';
import { pieces } from './rows-of.ts';

const titles = 'Award No,Given,Family,Mail,Course,Issued on,Campus';
const row = '007,Thảo Vy,Nguyễn,vy@example.edu,Data Analysis with SQL,27.6.2025,North';
const mapping: ColumnMapping = {
  type: 'microcredential',
  columns: {
    key: 'Award No',
    full_name: ['Given', 'Family'],
    email: 'Mail',
    microcredential_name: 'Course',
    issue_date: 'Issued on',
    issuer_name: { const: 'Wattle Bay Institute of Technology' },
    'known_facts.campus': 'Campus',
  },
  dateFormat: 'DD.MM.YYYY',
};

async function rowsOf(text: string, given: ColumnMapping) {
  const rows = [];
  for await (const one of checkRows(pieces(Buffer.from(text)), { mapping: given, today: '2026-03-02' }))
    rows.push(one);
  return rows;
}

describe('a mapping', () => {
  it('reads a file as its owner made it: other titles, names in two columns, a text for all, dates in another way', async () => {
    expect(await rowsOf(`${titles}\n${row}\n`, mapping)).toMatchObject([
      {
        key: '007',
        recipient: { fullName: 'Thảo Vy Nguyễn', email: 'vy@example.edu', knownFacts: { campus: 'North' } },
        credential: {
          fields: {
            full_name: 'Thảo Vy Nguyễn',
            issuer_name: 'Wattle Bay Institute of Technology',
            issue_date: '2025-06-27',
          },
        },
        findings: [],
      },
    ]);
  });

  it('tells findings under the titles of the file', async () => {
    const [checked] = await rowsOf(`${titles}\n007,,,vy@example.edu,SQL,31.6.2025,North\n`, mapping);
    const fields = checked?.findings.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['Given + Family', 'Issued on']));
  });

  it.each([
    [{ columns: { ...mapping.columns, email: 'Email' } }, /no column "Email".*for email: is it "Mail"\?/],
    [
      { columns: { ...mapping.columns, expiry_dat: 'Campus' } },
      /names "expiry_dat".*did you mean expiry_date\?/,
    ],
    [{ columns: { email: 'Mail' } }, /does not say which column holds full_name/],
    [{ columns: { ...mapping.columns, course_name: 'Course' } }, /names "course_name"/],
    [{ type: 'career_history' as const }, /JSON/],
  ])('that does not fit is told with the nearest name: %j', async (change, message) => {
    await expect(rowsOf(`${titles}\n${row}\n`, { ...mapping, ...change })).rejects.toThrow(message);
  });

  it('does not choose between two columns of one title', async () => {
    const twice = `${titles.replace('Campus', 'Mail')}\n${row}\n`;
    const { 'known_facts.campus': _, ...columns } = mapping.columns as Record<string, string>;
    await expect(rowsOf(twice, { ...mapping, columns })).rejects.toThrow(/two columns "Mail"/);
  });

  it('is written and read as YAML', () => {
    expect(mappingFromYaml(mappingToYaml(mapping))).toEqual(mapping);
  });

  it.each([
    ['type: [', /not YAML/],
    ['- 1', /not complete/],
    ['type: degree\ncolumns: {}', /type is no credential type: use one of education/],
    ['type: education\ncolumns: { key: 7 }', /columns\.key is not a title/],
    [
      'type: education\ncolumns: {}\ndateFormat: DD.MM.YY',
      /dateFormat is not a date format: use one of YYYY-MM-DD/,
    ],
    ['type: education\ncolumns: {}\ncolumn: {}', /remove column/],
    ['type: education\ncolumns: { key: &a [*a] }', /not YAML|not a title/],
  ])('that is not right says why: %j', (text, message) => {
    expect(() => mappingFromYaml(text)).toThrow(message);
  });
});

describe('a guess', () => {
  it('finds what people call our columns, and leaves out the rest', () => {
    const guess = guessColumns(
      [
        'Certificate Number',
        'First Name',
        'SURNAME',
        'E-Mail',
        'Course Name',
        'Date of Issue',
        'Issuer',
        'Campus',
      ],
      'microcredential',
    );
    expect(guess).toEqual({
      mapping: {
        type: 'microcredential',
        columns: {
          key: 'Certificate Number',
          email: 'E-Mail',
          full_name: ['First Name', 'SURNAME'],
          issuer_name: 'Issuer',
          microcredential_name: 'Course Name',
          issue_date: 'Date of Issue',
        },
      },
      missing: [],
      unused: ['Campus'],
    });
  });

  it('finds misspelled names, but never instead of an exact one', () => {
    const { mapping: guessed, unused } = guessColumns(
      ['expiry_dat', 'issue_date', 'isue_date'],
      'microcredential',
    );
    expect(guessed.columns).toMatchObject({ expiry_date: 'expiry_dat', issue_date: 'issue_date' });
    expect(unused).toEqual(['isue_date']);
  });

  it('says what it does not find, and needs the credential type', async () => {
    const bytes = Buffer.from('Name;Mail\nNg;a@example.edu\n');
    expect(await guessMapping(pieces(bytes), { type: 'right_to_work' })).toMatchObject({
      mapping: { columns: { full_name: 'Name', email: 'Mail' } },
      missing: ['key', 'country'],
    });
    await expect(guessMapping(pieces(bytes))).rejects.toMatchObject({ code: 'bad_header' });
  });
});
