import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { proof, type ProofRun } from '@seek-pass-kit/prove';
import { expect } from 'vitest';
import { textRow, workbook, type WorkbookParts, worksheet } from '../xlsx/workbook.ts';
import { buildMeasured } from './measured.ts';

const sheetPart = 'xl/worksheets/sheet1.xml';
const textsPart = 'xl/sharedStrings.xml';
const titles = textRow(1, ['a']);

/** What a part unpacks to: a start, a middle as often as it takes, an end. */
function stretched(start: string, middle: string, end: string, megabytes: number): string {
  return start + middle.repeat(Math.ceil((megabytes * 1e6) / middle.length)) + end;
}

/** A part that says it is small. */
function lying(contents: string) {
  return { deflated: deflateRawSync(contents), size: 1_000 };
}

const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
  '',
);

/** Files that are made to fill a memory or a disk, of parts with this many megabytes. */
function bombs(megabytes: number): Readonly<Record<string, WorkbookParts>> {
  const sheet = (start: string, middle: string, end: string): WorkbookParts => ({
    parts: { [sheetPart]: stretched(start, middle, end, megabytes) },
  });
  const texts = (start: string, middle: string, end: string): WorkbookParts => ({
    rows: titles,
    parts: { [textsPart]: stretched(start, middle, end, megabytes) },
  });
  return {
    'unpacks to more than 200 MB': {
      parts: { [sheetPart]: { deflated: deflateRawSync('x'), size: 200_000_001 } },
    },
    'unpacks to more than 200 MB in many parts': {
      parts: Object.fromEntries(
        Array.from({ length: 3_000 }, (_, at) => [
          `xl/${at}.xml`,
          { deflated: deflateRawSync('x'), size: 70_000 },
        ]),
      ),
    },
    'says it is small and is not': {
      parts: { [sheetPart]: lying(stretched('<worksheet>', '<row/>', '</worksheet>', megabytes)) },
    },
    'elements within elements': sheet('', '<a>', ''),
    'attributes without end': sheet(
      '<a ',
      Array.from({ length: 100 }, (_, at) => `a${at}="" `).join(''),
      '/>',
    ),
    'an attribute without end': sheet('<a b="', 'x'.repeat(1000), '"/>'),
    'a name without end': sheet('<', 'x'.repeat(1000), '/>'),
    'a comment without end': sheet('<!--', 'x'.repeat(1000), '--><a/>'),
    'an instruction without end': sheet('<?a ', 'x'.repeat(1000), '?><a/>'),
    'a text without end': sheet('<sheetData><row><c><v>', 'x'.repeat(1000), '</v></c></row></sheetData>'),
    'CDATA without end': sheet(
      '<sheetData><row><c><v><![CDATA[',
      '<'.repeat(1000),
      ']]></v></c></row></sheetData>',
    ),
    'a row without end': sheet('<sheetData><row>', '<c><v>1</v></c>', '</row></sheetData>'),
    'a shared text without end': texts('<sst><si>', `<t>${'x'.repeat(1000)}</t>`, '</si></sst>'),
    'shared texts without end': texts('<sst>', '<si><t>x</t></si>', '</sst>'),
    'empty shared texts without end': texts('<sst>', '<si/>', '</sst>'),
    'a document type without end': sheet('<!DOCTYPE a [', '<!ENTITY a "b">', ']><a/>'),
    'a billion laughs': {
      parts: {
        [sheetPart]: `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]>${worksheet(textRow(1, ['&l9;'])).replace(/^<\?.*?\?>/, '')}`,
      },
    },
    'an entity of a file': {
      parts: {
        [textsPart]: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>',
      },
    },
    'an entity from nowhere': { rows: textRow(1, ['&nbsp;']) },
  };
}

async function defuseAll({ size }: ProofRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bombs-'));
  const program = await buildMeasured('read');
  const read = async (parts: WorkbookParts) => {
    const path = join(folder, 'file.xlsx');
    await writeFile(path, workbook(parts));
    return (await program.run(path)) as { rows: number; code: string; peakMb: number };
  };
  const peaks: Record<string, number> = {};
  try {
    for (const [name, parts] of Object.entries(bombs(size))) {
      const { code, peakMb } = await read(parts);
      expect([name, code]).toEqual([name, 'bad_workbook']);
      peaks[name] = Math.round(peakMb);
    }
    const honest = await read({
      parts: {
        [sheetPart]: stretched(
          `<worksheet><sheetData>${titles}`,
          '<row><c><v>1</v></c></row>',
          '</sheetData></worksheet>',
          size - 1,
        ),
      },
    });
    expect(honest).toMatchObject({ code: 'none', rows: expect.any(Number) });
    expect(honest.rows).toBeGreaterThan(size * 30_000);
    peaks['honest'] = Math.round(honest.peakMb);
  } finally {
    await program.remove();
    await rm(folder, { recursive: true, force: true });
  }
  console.info('Largest memory in MB:', peaks);
  expect(Math.max(...Object.values(peaks))).toBeLessThan(256);
}

proof(
  'bombs in workbooks are refused with less than 256 MB, and a large honest sheet is read with less (size in MB)',
  { small: 34, full: 199 },
  defuseAll,
);
