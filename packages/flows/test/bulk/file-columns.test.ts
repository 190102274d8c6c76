import { expect, test } from 'vitest';
import { columnsByName, typeOfFile } from '../../src/bulk/file-columns.ts';

const good = ['full_name', 'email', 'issuer_name', 'microcredential_name', 'issue_date'];
const without = (name: string): string[] => good.filter((other) => other !== name);

function message(names: readonly string[]): string {
  try {
    columnsByName(names, 'microcredential');
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad_header' });
    return String(error);
  }
  throw new Error('The header was accepted.');
}

test('takes the columns in any order', () => {
  expect(columnsByName(good.toReversed(), 'microcredential').fields).toHaveLength(4);
});

test('a missing column is named', () => {
  expect(message(without('issue_date'))).toMatch(/issue_date is missing/);
});

test.each(['Issue Date', 'issue date', 'issuedate', 'ISSUE_DATE', 'isue_date'])(
  'the column %j is one wrong name, not a missing and an unknown column',
  (name) => {
    const text = message([...without('issue_date'), name]);
    expect(text).toContain(`rename "${name}" to issue_date`);
    expect(text.split('\n')).toHaveLength(1);
  },
);

test('an unknown column is refused, so that a misspelled one is never left out of every credential', () => {
  expect(message([...good, 'expiry_dat'])).toContain('rename it to expiry_date');
  expect(message([...good, 'favourite colour'])).toContain('remove it');
});

test('a column twice, or without a name, is refused', () => {
  expect(message([...good, 'email'])).toContain('email is there twice');
  expect(message([...good, ''])).toContain('Column 6 has no name');
});

test('a column of another credential type is refused', () => {
  expect(message([...good, 'course_name'])).toContain('course_name');
});

test('a file separated by semicolons is recognised', () => {
  expect(message([good.join(';')])).toContain('--delimiter ";"');
});

test('every mistake of a header is told at once', () => {
  expect(message(['full name', 'mail']).split('\n')).toHaveLength(5);
});

test('the type comes from the option, else from the first row', () => {
  const row = { row: 2, cells: ['education'] };
  expect(typeOfFile('microcredential', ['credential_type'], row)).toBe('microcredential');
  expect(typeOfFile(undefined, ['credential_type'], row)).toBe('education');
});

test('a file without a type, or with a misspelled one, says what to do', () => {
  expect(() => typeOfFile(undefined, ['full_name'], { row: 2, cells: ['x'] })).toThrow(/--type/);
  expect(() => typeOfFile(undefined, ['credential_type'], { row: 3, cells: ['micro-credential'] })).toThrow(
    /row 3.*microcredential/,
  );
});

test('a type of nested records is sent to JSON', () => {
  expect(() => columnsByName(['full_name', 'email'], 'career_history')).toThrow(/JSON/);
});
