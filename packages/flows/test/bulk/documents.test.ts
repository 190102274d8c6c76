import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkRows } from '../../src/bulk/check-rows.ts';
import { documentsIn } from '../../src/bulk/documents-in.ts';
import { codesOf } from './bulk-fixture.ts';
import { pieces } from './rows-of.ts';

const folder = fileURLToPath(new URL('documents', import.meta.url));
const titles = 'full_name,email,education_provider,course_name,conferral_year,document_type,document';

interface Row {
  readonly name?: string;
  readonly course?: string;
  readonly type?: string;
  readonly document?: string;
}

async function check(
  { name = 'Nguyễn Thị Lan', course = 'Bachelor of Nursing', type = 'open_cert', document = 'lan.json' }: Row,
  readDocument = documentsIn(folder),
) {
  const row = `${name},lan@example.edu,Harbour University,${course},2025,${type},${document}`;
  const rows = checkRows(pieces(Buffer.from(`${titles}\n${row}\n`)), {
    type: 'education',
    readDocument,
    today: '2026-01-01',
  });
  for await (const one of rows) return one;
  throw new Error('No row was read.');
}

describe('an OpenCert of a row', () => {
  it('is read from its file, and sent as it is', async () => {
    const { credential, findings } = await check({});
    expect(findings).toEqual([]);
    expect(credential?.document).toEqual({
      type: 'open_cert',
      value: await readFile(join(folder, 'lan.json'), 'utf8'),
    });
  });

  it('of somebody else keeps the row from being sent', async () => {
    const checked = await check({ name: 'Wulandari' });
    expect(checked.credential).toBeUndefined();
    expect(checked.findings).toMatchObject([
      { field: 'document', code: 'open_cert_mismatch', severity: 'problem' },
    ]);
    expect(JSON.stringify(checked.findings)).not.toContain('Lan');
  });

  it('that was altered keeps the row from being sent', async () => {
    const text = (await readFile(join(folder, 'lan.json'), 'utf8')).replace('Anatomy', 'Surgery');
    const altered = async () => Buffer.from(text);
    expect(codesOf(await check({}, altered))).toContain('open_cert_altered');
  });

  it('that is not there, or no JSON, is told', async () => {
    expect(codesOf(await check({ document: 'other.json' }))).toEqual(['document_not_found']);
    expect(codesOf(await check({}, async () => Buffer.from('no JSON')))).toEqual(['bad_document']);
  });
});

describe('a document at an address', () => {
  it.each([
    ['https://files.example.edu/1.pdf', []],
    ['http://files.example.edu/1.pdf', ['document_not_public']],
    ['https://169.254.169.254/1.pdf', ['document_not_public']],
    ['lan.pdf', ['document_not_found']],
  ])('%s', async (document, codes) => {
    expect(codesOf(await check({ type: 'pdf', document }))).toEqual(codes);
  });
});

describe('a file of a row', () => {
  const pdf = Buffer.from('%PDF-1.7');
  const given = (bytes: Uint8Array | 'too_large' | undefined) => async () => bytes;

  it('is handed over, and is no document of the credential', async () => {
    const checked = await check({ type: 'pdf', document: 'lan.pdf' }, given(pdf));
    expect(checked.findings).toEqual([]);
    expect(checked.file).toEqual({ type: 'pdf', bytes: pdf });
    expect(checked.credential).not.toHaveProperty('document');
  });

  it.each<[string, Row, Uint8Array | 'too_large' | undefined, string]>([
    ['that is not there', { type: 'pdf', document: 'lan.pdf' }, undefined, 'document_not_found'],
    ['that is too large', { type: 'pdf', document: 'lan.pdf' }, 'too_large', 'file_too_large'],
    ['that is something else', { type: 'pdf', document: 'lan.pdf' }, Buffer.from('PK'), 'bad_file'],
    ['of a type that SEEK Pass does not take here', { type: 'png', document: 'lan.png' }, pdf, 'bad_file'],
    ['that is a large OpenCert', {}, Buffer.alloc(2 * 1024 * 1024 + 1), 'file_too_large'],
  ])('%s keeps the row from being sent', async (_, row, bytes, code) => {
    const checked = await check(row, given(bytes));
    expect([codesOf(checked), checked.credential]).toEqual([[code], undefined]);
  });
});

describe('a document of an unknown type', () => {
  it('is no file to be handed over', async () => {
    const checked = await check({ type: 'docx', document: 'lan.docx' }, async () => Buffer.from('PK'));
    expect([codesOf(checked), checked.file]).toEqual([['not_one_of', 'bad_document'], undefined]);
  });
});

describe('the folder of documents', () => {
  it.each([
    '../documents.test.ts',
    '/etc/hostname',
    '',
    '.',
    'lan.json/../../documents.test.ts',
    'lan.json\0',
  ])('gives nothing for %j', async (name) => {
    expect(await documentsIn(folder)(name)).toBeUndefined();
  });

  it('gives nothing that a link leads out to, and nothing that is too large', async () => {
    const place = await mkdtemp(join(tmpdir(), 'documents-'));
    onTestFinished(() => rm(place, { recursive: true, force: true }));
    await symlink(join(folder, 'lan.json'), join(place, 'link.json'));
    await writeFile(join(place, 'large.pdf'), Buffer.alloc(101));
    await writeFile(join(place, 'small.pdf'), Buffer.alloc(100));
    const read = documentsIn(place, 100);
    expect([await read('link.json'), await read('large.pdf')]).toEqual([undefined, 'too_large']);
    expect(await read('small.pdf')).toEqual(Buffer.alloc(100));
  });
});
