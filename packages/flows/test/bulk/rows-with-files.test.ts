import { describe, expect, it } from 'vitest';
import type { BulkFile } from '../../src/bulk/bulk-file.ts';
import { dryRun } from '../../src/bulk/dry-run.ts';
import { issueBulk } from '../../src/bulk/issue-bulk.ts';
import type { RowOutcome } from '../../src/bulk/row-outcome.ts';
import type { DocumentUrlCheck } from '../../src/documents/check-document-url.ts';
import { createDocumentUrlChecker } from '../../src/documents/document-url-checker.ts';
import { openDocuments, pdf, png } from '../documents/document-fixture.ts';
import { codesOf, header, learnerRow } from './bulk-fixture.ts';
import { pieces } from './rows-of.ts';

const files = new Map([
  ['0.pdf', pdf.bytes],
  ['1.png', png.bytes],
  ['2.pdf', Buffer.from('%PDF-1.7 of a third one')],
]);

function fileOf(documents: ReadonlyArray<readonly [type: string, document: string]>): BulkFile {
  const rows = documents.map((document, at) => [learnerRow(at), ...document].join());
  const bytes = Buffer.from([`${header},document_type,document`, ...rows, ''].join('\n'));
  return {
    type: 'microcredential',
    open: () => pieces(bytes),
    readDocument: async (name) => files.get(name),
  };
}

describe('a file of rows with files', () => {
  it('hands them over from end to end, and again without doing anything twice', async () => {
    const flow = await openDocuments();
    const file = fileOf([
      ['pdf', '0.pdf'],
      ['png', '1.png'],
      ['', ''],
      ['pdf', '9.pdf'],
    ]);
    const planned = await dryRun(flow.context, file);
    expect(planned.results).toMatchObject({ created: 3, refused: 1 });
    expect(planned.findings).toMatchObject({ document_not_found: 1 });
    const rows: RowOutcome[] = [];
    await issueBulk(flow.context, file, planned, { who: 'staff-7', onRow: (row) => void rows.push(row) });
    const ids = rows.flatMap(({ awardId }) => awardId ?? []);
    const stored = await Promise.all(ids.map((id) => flow.store.read.document('default', id)));
    expect(stored.map((row) => row?.type)).toEqual(['pdf', 'png', undefined]);
    await flow.submit(ids[1] ?? '');
    expect(Buffer.from(await (await flow.fetch(flow.address())).arrayBuffer())).toEqual(png.bytes);
    const again = await issueBulk(flow.context, file, await dryRun(flow.context, file), { who: 'staff-7' });
    expect(again.results).toMatchObject({ unchanged: 3, created: 0 });
  });

  it('says when nothing is set up to serve them, in the column of the file', async () => {
    const flow = await openDocuments();
    const { documents: _, ...without } = flow.context;
    const { examples } = await dryRun(without, fileOf([['pdf', '0.pdf']]));
    expect(examples).toMatchObject([
      { result: 'refused', findings: [{ field: 'document', code: 'no_place_for_files' }] },
    ]);
  });

  it('takes a corrected file as a correction', async () => {
    const flow = await openDocuments();
    const file = fileOf([['pdf', '0.pdf']]);
    await issueBulk(flow.context, file, await dryRun(flow.context, file), { who: 'staff-7' });
    const corrected = { ...file, readDocument: async () => files.get('2.pdf') };
    expect(await dryRun(flow.context, corrected)).toMatchObject({ corrections: 1 });
  });
});

describe('addresses in a file of rows', () => {
  it('are asked for when that is wanted, and what cannot be fetched is a warning', async () => {
    const flow = await openDocuments();
    const asked: string[] = [];
    const answers: Record<string, DocumentUrlCheck> = {
      'https://files.example.edu/0.pdf': { reachable: 'yes', because: 'file' },
      'https://files.example.edu/1.pdf': { reachable: 'no', because: 'needs_login' },
    };
    const file = fileOf([
      ['pdf', 'https://files.example.edu/0.pdf'],
      ['pdf', 'https://files.example.edu/1.pdf'],
      ['pdf', 'https://10.0.0.8/2.pdf'],
      ['pdf', '2.pdf'],
    ]);
    const outcomes: RowOutcome[] = [];
    await dryRun(flow.context, file, {
      onRow: (row) => void outcomes.push(row),
      checkUrl: async (url, type) => {
        asked.push(`${type} ${url}`);
        return answers[url] ?? { reachable: 'unknown', because: 'no_answer' };
      },
    });
    expect(asked).toEqual(['pdf https://files.example.edu/0.pdf', 'pdf https://files.example.edu/1.pdf']);
    expect(outcomes.map(({ result }) => result)).toEqual(['created', 'created', 'created', 'created']);
    expect(outcomes.map(codesOf)).toEqual([[], ['document_needs_login'], ['document_not_public'], []]);
  });

  it('are asked for once each, few at a time, and a host that cannot be reached once', async () => {
    let running = 0;
    let most = 0;
    const names: string[] = [];
    const check = createDocumentUrlChecker({
      concurrency: 3,
      lookup: async (host) => {
        names.push(host);
        running += 1;
        most = Math.max(most, running);
        await new Promise((done) => setTimeout(done, 2));
        running -= 1;
        throw Object.assign(new Error('dns'), { code: 'ENOTFOUND' });
      },
    });
    const urls = Array.from({ length: 30 }, (_, at) => `https://host-${at % 10}.example.edu/${at}.pdf`);
    const checks = await Promise.all([...urls, ...urls].map((url) => check(url)));
    expect(checks.every(({ because }) => because === 'no_such_host')).toBe(true);
    expect(most).toBe(3);
    // Once, and what was on its way before that was known.
    expect(names.length).toBeLessThan(10 + 3);
    expect(new Set(names).size).toBe(10);
  });
});
