import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../src/free-port.ts';
import { type Issuer, setUpIssuer } from './issuer.ts';
import { type RunningProgram, startSeekPass } from './seek-pass-process.ts';

/*
 * Files from a folder to SEEK Pass, with real processes: `award` takes them, a learner claims, and `serve` gives them out. The tests
 * build on each other.
 */

let issuer: Issuer;
let serve: RunningProgram | undefined;
let origin: string;
let file: string;

const certificate = Buffer.from('%PDF-1.7\nthe certificate of Lan\n%%EOF\n');
const header =
  'key,credential_type,full_name,email,microcredential_name,issuer_name,issue_date,document_type,document';
const row = (key: string, document: string): string =>
  `${key},microcredential,Nguyễn Thị Lan,lan@example.edu,Data Analysis with SQL,Wattle Bay Institute,2025-06-27,${document}`;

beforeAll(async () => {
  origin = `http://127.0.0.1:${await freePort()}`;
  issuer = await setUpIssuer(`${origin}/claim`);
  file = join(issuer.folder, 'learners.csv');
  await mkdir(join(issuer.folder, 'certificates'));
  await writeFile(join(issuer.folder, 'certificates', 'lan.pdf'), certificate);
  await writeFile(
    join(issuer.folder, 'certificates', 'large.pdf'),
    Buffer.concat([certificate, Buffer.alloc(2_000)]),
  );
  await writeFile(
    file,
    `${header}\n${row('A-1', 'pdf,lan.pdf')}\n${row('A-2', 'pdf,large.pdf')}\n${row('A-3', 'png,lan.pdf')}\n`,
  );
}, 120_000);

afterAll(async () => {
  await serve?.stop('SIGTERM');
  await issuer.close();
});

const award = ['award', 'learners.csv', '--documents', 'certificates'];

async function codesOf(...args: readonly string[]): Promise<string[][]> {
  const { stdout } = await issuer.run(...args, '--dry-run', '--json');
  const { dryRun } = JSON.parse(stdout) as {
    dryRun: { examples: { findings: { code: string }[] }[] };
  };
  return dryRun.examples.map(({ findings }) => findings.map(({ code }) => code));
}

test('without a place where files are served a dry run says so', async () => {
  expect(await codesOf(...award)).toEqual([['no_place_for_files'], ['no_place_for_files'], ['bad_file']]);
  const config = join(issuer.folder, 'seek-pass.config.yaml');
  await appendFile(config, '\ndocuments:\n  maxBytes: 1000\nclaimPages:\n  linkAlone: sandbox\n');
  expect(await readFile(config, 'utf8')).toContain('maxBytes');
});

test('files that are too large, or not what they are said to be, are refused, and the others issued', async () => {
  expect(await codesOf(...award)).toEqual([['file_too_large'], ['bad_file']]);
  const { code, stdout } = await issuer.run(...award, '--yes', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ ended: 'done', run: { results: { created: 1, refused: 2 } } });
  const again = await issuer.run(...award, '--yes', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ dryRun: { results: { unchanged: 1 } } });
});

test('serve gives a file out under the path that SEEK Pass got, and nothing else', async () => {
  serve = startSeekPass(['serve', '--json'], { folder: issuer.folder, quiet: true, lasting: true });
  const places = JSON.parse(await serve.nextLine()) as { listening: string };
  expect(JSON.stringify(places)).toContain(`${origin}/documents`);
  const mails = () => issuer.sandbox.control.mails.list();
  await expect.poll(() => mails().length, { timeout: 60_000 }).toBe(1);
  const link = /http:\S+\/claim\/\S+/.exec(mails()[0]?.text ?? '')?.[0] ?? '';
  await claim(link);
  const [submission] = issuer.sandbox.control.submissions.list();
  const address = submission?.credentials[0]?.document ?? '';
  expect(address).toMatch(new RegExp(`^${origin}/documents/[\\w-]{43}$`));
  const answer = await fetch(address);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-robots-tag')]).toEqual([
    200,
    'application/pdf',
    'noindex, nofollow',
  ]);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(certificate);
  expect((await fetch(`${origin}/documents/`)).status).toBe(404);
  expect((await fetch(`${address.slice(0, -2)}xx`)).status).toBe(404);
  const { stdout } = await issuer.run('status', 'A-1', '--json');
  const { history } = JSON.parse(stdout) as { history: { what: string }[] };
  expect(history.map(({ what }) => what)).toContain('document_served');
  expect(stdout).not.toContain(address.split('/').at(-1));
});

/** What a learner does, where the link alone is proof: posts the one form of each page, until nothing is left to post. */
async function claim(link: string): Promise<void> {
  const cookies = new Map<string, string>();
  const open = async (url: URL, init: RequestInit = {}): Promise<{ url: URL; html: string }> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    return location === null ? { url, html: await answer.text() } : open(new URL(location, url));
  };
  let page = await open(new URL(link));
  for (let step = 0; step < 4 && issuer.sandbox.control.submissions.list().length === 0; step += 1) {
    const [, action = '', contents = ''] =
      /<form[^>]*action="([^"]*(?:proof|add)[^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(page.html) ?? [];
    if (action === '') throw new Error(`There is nothing to confirm on ${page.url.pathname}.`);
    const fields = [...contents.matchAll(/<(?:input|button)[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
    const body = new URLSearchParams(
      fields.map(([, name = '', value = '']): [string, string] => [name, value]),
    );
    page = await open(new URL(action, page.url), { method: 'POST', body, headers: { origin } });
  }
}
