import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImportColumns, type ImportFile, importPartBytes } from '../../contract/imports.ts';
import type { RunDetail } from '../../contract/runs.ts';
import { RunStore } from '../../server/src/runs/run-store.ts';
import { addFlowOf } from '../claims/issued-award.ts';
import type { StaffMember } from '../site/staff-member.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { nameOf } from './completions.ts';
import { allRows, confirmRun, settled } from './follow-run.ts';

const slow = { timeout: 60_000 };
const issue = { action: 'plugin::seek-pass.bulk-issue' };

let site: Site;
let staff: StaffMember;
beforeAll(async () => {
  site = await startSite();
  staff = await site.staff([issue, { action: 'plugin::seek-pass.personal-data' }]);
}, 60_000);
afterAll(() => site.close());

const row = (at: number, date = '2026-02-20') =>
  `WELD-${at},${nameOf(at)},learner${at}@learners.example,Wattle Bay Training,Welding,${date}`;

async function upload(rows: readonly string[]): Promise<string> {
  const titles = 'Certificate number,Student name,E-mail,Issuer,Course,Date of issue';
  const bytes = Buffer.from([titles, ...rows, ''].join('\r\n'));
  const { body: file } = await staff.ask<ImportFile>('POST', '/seek-pass/imports');
  for (let from = 0; from < bytes.length; from += importPartBytes) {
    const data = bytes.subarray(from, from + importPartBytes).toString('base64');
    const number = from / importPartBytes + 1;
    const part = await staff.ask('POST', `/seek-pass/imports/${file.id}/parts`, { number, data });
    expect(part.status).toBe(200);
  }
  return file.id;
}

async function startImport(rows: readonly string[]): Promise<RunDetail> {
  const fileId = await upload(rows);
  const { body: columns } = await staff.ask<ImportColumns>('POST', `/seek-pass/imports/${fileId}/columns`, {
    type: 'microcredential',
  });
  const { body } = await staff.ask<RunDetail>('POST', '/seek-pass/runs', {
    source: 'import',
    fileId,
    mapping: columns.guess,
  });
  return settled(staff, body.id);
}

/** Everything that the database has on the disk. */
async function databaseBytes(): Promise<Buffer> {
  const { filename } = site.strapi.db.connection.client.config.connection as { filename: string };
  const folder = dirname(filename);
  const names = (await readdir(folder)).filter((name) => name.startsWith('site.db'));
  return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
}

test(
  'rows of a file are checked with what is wrong in which column, and the others are issued',
  slow,
  async () => {
    const looked = await startImport([row(1), row(2, 'soon'), row(3)]);
    expect(looked).toMatchObject({ state: 'waiting', total: 3, planned: { created: 2, refused: 1 } });
    const [refused] = await allRows(staff, looked.id, '&only=refused');
    expect(refused).toMatchObject({ row: 3, label: 'WELD-2', findings: [{ field: 'Date of issue' }] });
    const done = await confirmRun(staff, looked);
    expect(done).toMatchObject({ state: 'done', results: { created: 2, refused: 1 } });
    const again = await startImport([row(1), row(2), row(3)]);
    expect(again).toMatchObject({ planned: { unchanged: 2, created: 1 } });
  },
);

test(
  'security rule 16: nothing of an imported file is in clear in the database, while it waits and after',
  slow,
  async () => {
    const looked = await startImport([row(777), row(778)]);
    const texts = [nameOf(777), 'learner777@', 'WELD-777'];
    for (const text of texts) expect((await databaseBytes()).includes(text)).toBe(false);
    expect(await site.strapi.db.connection('seek_pass_import_parts')).toEqual([]);
    await confirmRun(staff, looked);
    for (const text of texts) expect((await databaseBytes()).includes(text)).toBe(false);
    const nobody = await site.staff([issue]);
    const [hidden] = await allRows(nobody, looked.id);
    expect(hidden).not.toHaveProperty('label');
  },
);

test('security rule 19: a file beyond 20 MB goes no further, and nobody else adds to it', slow, async () => {
  const { body: file } = await staff.ask<ImportFile>('POST', '/seek-pass/imports');
  await site.strapi.db
    .connection('seek_pass_import_files')
    .where({ id: file.id })
    .update({ bytes: 20 * 1024 * 1024 });
  const part = { number: 1, data: Buffer.from('more').toString('base64') };
  expect((await staff.ask('POST', `/seek-pass/imports/${file.id}/parts`, part)).status).toBe(400);
  const stranger = await site.staff([issue]);
  expect((await stranger.ask('POST', `/seek-pass/imports/${file.id}/parts`, part)).status).toBe(404);
  const reader = await site.staff([{ action: 'plugin::seek-pass.read' }]);
  expect((await reader.ask('POST', '/seek-pass/imports')).status).toBe(403);
});

test(
  'security rule 17: what a file says is not kept for good when nobody confirms its run',
  slow,
  async () => {
    const { id } = await startImport([row(901)]);
    const { issuer, clock } = addFlowOf(site).context;
    const runs = new RunStore(site.strapi, issuer);
    const now = clock.now();
    await runs.endForgotten(now - 60_000, now);
    expect((await settled(staff, id)).state).toBe('waiting');
    await runs.endForgotten(now + 1, now);
    expect(await settled(staff, id)).toMatchObject({ state: 'cancelled', endedAt: now });
    await runs.deleteKeys(now + 1);
    const kept = site.strapi.db.connection('seek_pass_run_rows').where('run_id', id).whereNotNull('sealed');
    expect(await kept).toEqual([]);
  },
);
