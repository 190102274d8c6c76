// Run by eight-processes.proof.test.ts: one client that shares tokens through a folder, adds once when told to, and ends.
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , bundle, folder, baseUrl] = process.argv;
const { SeekPass } = await import(bundle);
const file = (key) => join(folder, Buffer.from(key).toString('base64url'));
const get = async (key) => {
  try {
    return JSON.parse(await readFile(file(key), 'utf8'));
  } catch {
    return undefined;
  }
};
const tokenStore = {
  get,
  async set(key, token) {
    await writeFile(`${file(key)}.${process.pid}`, JSON.stringify(token));
    await rename(`${file(key)}.${process.pid}`, file(key));
  },
  async delete(key, value) {
    if ((await get(key))?.value === value) await rm(file(key), { force: true });
  },
  async withLock(key, work) {
    const lock = `${file(key)}.lock`;
    for (;;) {
      try {
        await mkdir(lock);
        break;
      } catch {
        await sleep(5);
      }
    }
    try {
      return await work();
    } finally {
      await rmdir(lock);
    }
  },
};
const seekPass = new SeekPass({
  environment: 'sandbox',
  baseUrl,
  clientId: 'sandbox-1',
  clientSecret: '7b1c9e0a44f25d3386aa',
  tokenStore,
});
process.send('ready');
process.once('message', async () => {
  const { redirectUri } = await seekPass.add({
    id: `award-${process.pid}`,
    credential_type: 'microcredential',
    document_type: 'none',
    data: {
      credential: {
        full_name: 'Somchai Example',
        issuer_name: 'Example Institute',
        microcredential_name: 'Coffee Roasting Level 2',
        issue_date: '2025-11-30',
      },
    },
  });
  await seekPass.close();
  process.send(redirectUri, () => process.disconnect());
});
