import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../src/free-port.ts';
import { jsonLog } from '../src/serving/serve-log.ts';
import { type Issuer, setUpIssuer } from './issuer.ts';
import { startSeekPass } from './seek-pass-process.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

let issuer: Issuer;

beforeAll(async () => {
  issuer = await setUpIssuer(`http://127.0.0.1:${await freePort()}/claim`);
}, 120_000);

afterAll(() => issuer.close());

test('an OpenTelemetry SDK that was loaded before serve is told the numbers that Prometheus reads', async () => {
  const config = join(issuer.folder, 'seek-pass.config.yaml');
  await writeFile(config, (await readFile(config, 'utf8')).replace(/^serve:$/m, 'serve:\n  metricsPort: 0'));
  const toldFile = join(issuer.folder, 'told.jsonl');
  const serve = startSeekPass(['serve', '--json'], {
    folder: issuer.folder,
    quiet: true,
    settings: {
      NODE_OPTIONS: `--import ${fileURLToPath(new URL('telemetry/register.mjs', import.meta.url))}`,
      SEEK_PASS_TEST_TOLD: toldFile,
    },
  });
  const { metrics } = JSON.parse(await serve.nextLine()) as { metrics: string };
  const text = await (await fetch(metrics)).text();
  expect(text).toContain('seek_pass_awards{state="ready"} 0');
  let told = '';
  while (!told.includes('seek_pass.awards')) {
    await wait(100);
    told = await readFile(toldFile, 'utf8').catch(() => '');
  }
  const lines = told
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(lines).toContainEqual({
    scope: '@seek-pass-kit/flows',
    name: 'seek_pass.awards',
    value: 0,
    attributes: { state: 'ready' },
  });
  expect(lines).toContainEqual(expect.objectContaining({ name: 'seek_pass.store_up', value: 1 }));
  expect(await serve.stop('SIGTERM')).toBe(0);
}, 60_000);

test('a line of the JSON log has its level, its time and what happened, from the level on that is set', () => {
  const { terminal, err } = fakeTerminal();
  const log = jsonLog(terminal, () => Date.UTC(2026, 10, 21), 'warn');
  log({ event: 'award', type: 'added', awardId: 'a1' });
  log({ event: 'award', type: 'rejected', awardId: 'a1' });
  expect(JSON.parse(err.text)).toEqual({
    level: 'warn',
    at: '2026-11-21T00:00:00.000Z',
    event: 'award',
    type: 'rejected',
    awardId: 'a1',
  });
});
