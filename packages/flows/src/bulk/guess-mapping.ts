import type { CredentialType } from '@seek-pass-kit/core';
import type { ColumnMapping, ColumnSource } from './column-mapping.ts';
import { awardColumns, envelopeColumns } from './columns.ts';
import type { FieldColumn } from './columns.ts';
import { fieldsOf, typeOfFile } from './file-columns.ts';
import { nearestName, plainName } from './nearest-name.ts';
import { openSheet } from './open-sheet.ts';
import type { SheetOptions } from './sheet.ts';

/** What the columns of a file probably hold. A person has to look at it: a guess is never issued by itself. */
export interface MappingGuess {
  readonly mapping: ColumnMapping;
  /** What the file must say and no column seems to hold. */
  readonly missing: readonly string[];
  /** Titles of columns that seem to hold nothing that is needed. */
  readonly unused: readonly string[];
}

/** A guess with what it was made from. */
export interface FileGuess extends MappingGuess {
  /** Titles of all columns, in the order of the file. */
  readonly titles: readonly string[];
}

/** What else people call our columns, in the order in which it is tried. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  key: ['award key', 'award id', 'award number', 'certificate number', 'reference'],
  email: ['e-mail', 'mail', 'e-mail address'],
  full_name: [
    'name',
    'learner',
    'learner name',
    'student',
    'student name',
    'graduate',
    'candidate',
    'holder',
  ],
  subject: ['student id', 'student number', 'learner id', 'person id'],
  locale: ['language'],
  issuer_name: ['issuer', 'institution'],
  education_provider: ['provider', 'institution', 'university', 'school'],
  course_name: ['course', 'course title', 'program', 'programme', 'qualification', 'degree'],
  conferral_year: ['year', 'year of conferral', 'graduation year'],
  microcredential_name: ['microcredential', 'title', 'credential', 'course', 'course name'],
  credential_name: ['credential', 'title', 'licence', 'license'],
  issue_date: ['issued', 'issued on', 'date issued', 'date of issue', 'completed', 'completed on', 'date'],
  expiry_date: ['expires', 'expires on', 'expiration date', 'valid until'],
  completion_date: ['completed', 'completed on', 'date completed', 'test date', 'date'],
  date_of_birth: ['birth date', 'birthday', 'dob'],
  assessment_result: ['result', 'grade'],
};
/** A name in two columns, given name first. */
const givenNames = ['given name', 'given names', 'first name', 'forename'];
const familyNames = ['family name', 'last name', 'surname'];

/**
 * Guesses from the titles of a file which column holds what.
 *
 * @throws {BulkError} when the file cannot be read, or nobody says its credential type.
 */
export async function guessMapping(
  chunks: AsyncIterable<Uint8Array>,
  { type, ...options }: SheetOptions & { readonly type?: CredentialType | undefined } = {},
): Promise<FileGuess> {
  const { titles, rows } = await openSheet(chunks, options);
  const first = await rows.next();
  await rows.return();
  const known = typeOfFile(type, titles.cells, first.done === true ? undefined : first.value);
  return { ...guessColumns(titles.cells, known), titles: titles.cells };
}

/** Guesses which of these titles stands for which column. Pure. */
export function guessColumns(titles: readonly string[], type: CredentialType): MappingGuess {
  const fields = fieldsOf(type);
  const free = new Set(titles.filter((title, at) => title !== '' && titles.indexOf(title) === at));
  const columns = new Map<string, ColumnSource>();
  const take = (name: string, title: string | undefined): void => {
    if (title === undefined || columns.has(name)) return;
    columns.set(name, title);
    free.delete(title);
  };
  const names = columnNames(fields);
  // What is certain goes first, so that nothing that is only near takes it away.
  for (const name of names) take(name, sameName(name, free));
  for (const name of names) for (const other of otherNames[name] ?? []) take(name, sameName(other, free));
  if (!columns.has('full_name')) {
    const parts = [givenNames, familyNames].map((list) => firstOf(list, free));
    const [given, family] = parts;
    if (given !== undefined && family !== undefined) {
      columns.set('full_name', [given, family]);
      free.delete(given);
      free.delete(family);
    }
  }
  for (const name of names) if (!columns.has(name)) take(name, nearestName(name, free));
  columns.delete('credential_type');
  const needed = ['key', 'email', ...fields.filter(({ required }) => required).map(({ name }) => name)];
  return {
    mapping: { type, columns: Object.fromEntries(names.flatMap((name) => entryOf(name, columns))) },
    missing: needed.filter((name) => !columns.has(name)),
    unused: [...free],
  };
}

function columnNames(fields: readonly FieldColumn[]): string[] {
  return [...awardColumns, ...fields.map(({ name }) => name), ...envelopeColumns];
}

/** The title that is this name but for case, spaces and punctuation. */
function sameName(name: string, titles: Iterable<string>): string | undefined {
  const wanted = plainName(name);
  for (const title of titles) if (plainName(title) === wanted) return title;
  return undefined;
}

function firstOf(names: readonly string[], titles: ReadonlySet<string>): string | undefined {
  for (const name of names) {
    const title = sameName(name, titles);
    if (title !== undefined) return title;
  }
  return undefined;
}

function entryOf(name: string, columns: ReadonlyMap<string, ColumnSource>): Array<[string, ColumnSource]> {
  const source = columns.get(name);
  return source === undefined ? [] : [[name, source]];
}
