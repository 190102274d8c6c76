import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing, rotateKeyRing } from '@seek-pass-kit/flows';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFileOf } from '../src/config/key-file.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-file-'));
  file = join(folder, 'seek-pass.secrets.json');
  const keyRing = JSON.parse(generateKeyRing()) as unknown;
  await writeFile(file, JSON.stringify({ clientSecret: 'stays', keyRing }), { mode: 0o600 });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function open(keyRingFile = file) {
  return keyFileOf({ keyRingFile, secrets: {} });
}

describe('security rule 17: the key ring in the secrets file', () => {
  it('is replaced as a whole, for its owner only, beside the other secrets', async () => {
    const keyFile = open();
    const rotated = rotateKeyRing(await keyFile.read());
    await keyFile.write(rotated);
    expect(JSON.parse(await keyFile.read())).toEqual(JSON.parse(rotated));
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ clientSecret: 'stays' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['seek-pass.secrets.json']);
  });

  it('is not overwritten by a process that read it before another one rotated it', async () => {
    const [one, other] = [open(), open()];
    const [read, alsoRead] = [await one.read(), await other.read()];
    await one.write(rotateKeyRing(read));
    const kept = await readFile(file, 'utf8');
    await expect(other.write(rotateKeyRing(alsoRead))).rejects.toThrow(
      /Another process changed the key ring/,
    );
    expect(await readFile(file, 'utf8')).toBe(kept);
    expect(await readdir(folder)).toEqual(['seek-pass.secrets.json']);
  });

  it.skipIf(process.platform === 'win32')(
    'is replaced where a link leads: no former key stays there',
    async () => {
      const link = join(folder, 'linked.json');
      await symlink(file, link);
      const keyFile = open(link);
      const rotated = rotateKeyRing(await keyFile.read());
      await keyFile.write(rotated);
      expect((await lstat(link)).isSymbolicLink()).toBe(true);
      expect(JSON.parse(await open(file).read())).toEqual(JSON.parse(rotated));
    },
  );
});
