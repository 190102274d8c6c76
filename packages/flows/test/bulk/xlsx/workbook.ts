import type { ArchiveFile } from './zip-archive.ts';
import { zipArchive } from './zip-archive.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** What a test wants in a workbook; the rest is as Excel writes it. */
export interface WorkbookParts {
  /** The rows of the first sheet, as XML. */
  readonly rows?: string;
  /** Whole parts in place of those that are made, or besides. */
  readonly parts?: Readonly<Record<string, ArchiveFile>>;
  readonly sharedStrings?: readonly string[];
  /** Format codes of the styles 1, 2, …; style 0 shows plain numbers. */
  readonly formats?: readonly string[];
  readonly sheets?: ReadonlyArray<{ readonly name: string; readonly state?: string; readonly rows: string }>;
  readonly date1904?: boolean;
}

/** Makes a workbook. */
export function workbook({
  rows = '',
  parts = {},
  sharedStrings = [],
  formats = [],
  sheets = [{ name: 'Learners', rows }],
  date1904 = false,
}: WorkbookParts): Buffer {
  const files = new Map<string, ArchiveFile>();
  files.set('_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']]));
  files.set(
    'xl/workbook.xml',
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, state }, at) =>
          `<sheet name="${name}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 10}"/>`,
      )
      .join('')}</sheets></workbook>`,
  );
  files.set(
    'xl/_rels/workbook.xml.rels',
    relations([
      ['rId1', 'sharedStrings', 'sharedStrings.xml'],
      ['rId2', 'styles', '/xl/styles.xml'],
      ...sheets.map((_, at) => [`rId${at + 10}`, 'worksheet', `worksheets/sheet${at + 1}.xml`] as const),
    ]),
  );
  files.set(
    'xl/sharedStrings.xml',
    `${declaration}<sst xmlns="${main}">${sharedStrings.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join('')}</sst>`,
  );
  files.set(
    'xl/styles.xml',
    `${declaration}<styleSheet xmlns="${main}"><numFmts>${formats
      .map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, at) => `<xf numFmtId="${164 + at}"/>`)
      .join('')}<xf numFmtId="14"/></cellXfs></styleSheet>`,
  );
  for (const [at, sheet] of sheets.entries())
    files.set(`xl/worksheets/sheet${at + 1}.xml`, worksheet(sheet.rows));
  for (const [name, file] of Object.entries(parts)) files.set(name, file);
  return zipArchive([...files]);
}

/** A sheet with these rows, as XML. */
export function worksheet(rows: string): string {
  return `${declaration}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`;
}

/** A row of texts, as XML. */
export function textRow(row: number, texts: readonly string[], attributes = ''): string {
  const cells = texts.map(
    (text, at) => `<c r="${columnName(at)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${row}"${attributes}>${cells.join('')}</row>`;
}

/** `A` for 0. */
function columnName(at: number): string {
  return String.fromCharCode(65 + at);
}

function relations(list: ReadonlyArray<readonly [id: string, type: string, target: string]>): string {
  const all = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
}
