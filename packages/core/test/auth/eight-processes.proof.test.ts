import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';
import { expect, test } from 'vitest';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

test('8 processes that share a token store and start at once: at most 2 token requests', async () => {
  // Below the package, so that the bundle finds undici and zod.
  const folder = await mkdtemp(join(packageFolder, 'node_modules', '.eight-processes-'));
  await build({
    cwd: packageFolder,
    config: false,
    entry: { index: 'src/index.ts' },
    format: ['esm'],
    outDir: join(folder, 'dist'),
    dts: false,
    logLevel: 'silent',
  });
  let tokens = 0;
  const server = createServer((request, response) => {
    const baseUrl = `http://${request.headers.host}`;
    const isToken = request.url?.includes('/oauth/') === true;
    if (isToken) tokens++;
    const body = isToken
      ? { access_token: `token-${tokens}`, expires_in: 3600 }
      : { redirect_uri: `${baseUrl}/partner/add/microcredential#clientId=sandbox-1&content=1` };
    request.resume().on('end', () => setTimeout(() => response.end(JSON.stringify(body)), 20));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const script = join(packageFolder, 'test/support/add-once-process.mjs');
    const bundle = pathToFileURL(join(folder, 'dist', 'index.mjs')).href;
    const children = Array.from({ length: 8 }, () =>
      fork(script, [bundle, folder, baseUrl], { execArgv: [] }),
    );
    await Promise.all(children.map((child) => once(child, 'message')));
    const answers = children.map((child) => once(child, 'message'));
    for (const child of children) child.send('go');
    for (const [link] of await Promise.all(answers)) expect(link).toContain('/partner/add/');
    expect(tokens).toBeGreaterThan(0);
    expect(tokens).toBeLessThanOrEqual(2);
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
