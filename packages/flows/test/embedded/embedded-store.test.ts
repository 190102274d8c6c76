import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SeekPassError } from '@seek-pass-kit/core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openEmbeddedDatabase } from '../../src/embedded/embedded-database.ts';
import { openWhereItRuns } from '../../src/embedded/embedded-place.ts';
import { openEmbeddedStore } from '../../src/embedded/embedded-store.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { newIssuer } from '../conformance/sample-rows.ts';
import { storeAward } from '../conformance/transaction-conformance.ts';
import { isAlive, newTrialFolder, type TrialFolder } from './trial-folder.ts';

const isRoot = process.getuid?.() === 0;

describe('the embedded store', () => {
  let trial: TrialFolder;
  beforeAll(async () => {
    trial = await newTrialFolder();
  });
  afterAll(() => trial.remove(), 60_000);

  const codeOf = async (work: Promise<unknown>) =>
    work.then(
      () => 'no error',
      (error: unknown) => (SeekPassError.is(error) ? error.code : String(error)),
    );

  test('three that open a new folder at once share one server; the last one stops it', async () => {
    const issuer = newIssuer();
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => openEmbeddedStore(trial.options)));
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('Three were opened.');
    await storeAward(first, issuer);
    await first.close();
    expect(isAlive(await trial.serverPid())).toBe(true);
    expect(await second.read.countByState(issuer)).toEqual({ ready: 1 });
    await Promise.all([second.read.countByState(issuer), third.read.countByState(issuer)]);
    await second.close();
    await third.close();
    expect(await trial.serverPid()).toBeUndefined();
  }, 60_000);

  test('keeps what is stored until it is opened again', async () => {
    const issuer = newIssuer();
    const first = await openEmbeddedStore(trial.options);
    await storeAward(first, issuer);
    await first.close();
    expect(await trial.serverPid()).toBeUndefined();
    const second = await openEmbeddedStore(trial.options);
    expect(await second.read.countByState(issuer)).toEqual({ ready: 1 });
    await second.close();
  }, 60_000);

  test('an application has tables of its own in the same database, and the store works over its pool', async () => {
    const issuer = newIssuer();
    const { opened: database } = await openWhereItRuns([trial.options.folder], ({ folder }) =>
      openEmbeddedDatabase({ ...trial.options, folder }),
    );
    const pool = new pg.Pool(database.connection);
    await pool.query('CREATE TABLE IF NOT EXISTS students (id text)');
    const store = await openPostgresStore({ pool });
    await storeAward(store, issuer);
    await store.close();
    await pool.query("INSERT INTO students VALUES ('s1')");
    await pool.end();
    await database.close();
    expect(await trial.serverPid()).toBeUndefined();
    const again = await openEmbeddedStore(trial.options);
    expect(await again.read.countByState(issuer)).toEqual({ ready: 1 });
    await again.close();
  }, 60_000);

  test('a killed server is started again by whoever needs it', async () => {
    const issuer = newIssuer();
    const store = await openEmbeddedStore(trial.options);
    await storeAward(store, issuer);
    const pid = await trial.serverPid();
    process.kill(pid ?? 0, 'SIGKILL');
    // The process of our connection ends a moment after its parent.
    await expect
      .poll(
        async () => {
          expect(await store.read.countByState(issuer)).toEqual({ ready: 1 });
          return trial.serverPid();
        },
        { timeout: 30_000 },
      )
      .not.toBe(pid);
    await store.close();
  }, 60_000);

  test('files are for the server alone, and nothing listens on the network', async () => {
    const store = await openEmbeddedStore(trial.options);
    const mode = async (path: string) => (await stat(path)).mode & 0o777;
    expect(await mode(trial.cluster)).toBe(0o700);
    expect(await mode(join(trial.cluster, 'password'))).toBe(0o600);
    expect((await stat(join(trial.cluster, '.s.PGSQL.5432'))).isSocket()).toBe(true);
    const pidFile = (await readFile(join(trial.cluster, 'data', 'postmaster.pid'), 'utf8')).split('\n');
    expect(pidFile[5]).toBe('');
    const settings = await readFile(join(trial.cluster, 'data', 'pg_hba.conf'), 'utf8');
    expect(settings).not.toMatch(/^[^#]*\b(trust|password|md5)\s*$/m);
    await store.close();
  }, 60_000);

  test.runIf(isRoot)(
    'another user of the machine can neither connect nor read the password',
    async () => {
      const store = await openEmbeddedStore(trial.options);
      const asAnother = (code: string) =>
        promisify(execFile)(process.execPath, ['-e', code], { uid: 1, gid: 1, cwd: '/' }).then(({ stdout }) =>
          stdout.trim(),
        );
      const socket = JSON.stringify(join(trial.cluster, '.s.PGSQL.5432'));
      const connecting = `require('net').connect(${socket}).on('connect', () => { console.log('connected'); process.exit() }).on('error', (e) => console.log(e.code))`;
      expect(await asAnother(connecting)).toBe('EACCES');
      const reading = `try { require('fs').readFileSync(${JSON.stringify(join(trial.cluster, 'password'))}); console.log('read') } catch (e) { console.log(e.code) }`;
      expect(await asAnother(reading)).toBe('EACCES');
      await store.close();
    },
    60_000,
  );

  test.runIf(process.platform === 'linux')(
    'the server, which another user of the machine may own, gets no secret of our environment',
    async () => {
      vi.stubEnv('SEEK_PASS_CLIENT_SECRET', 'a secret of the process');
      const store = await openEmbeddedStore(trial.options).finally(() => vi.unstubAllEnvs());
      const environment = await readFile(`/proc/${await trial.serverPid()}/environ`, 'utf8');
      // Compared here, so that a failure prints no environment.
      expect(environment.includes('PATH=')).toBe(true);
      expect(environment.includes('SEEK_PASS')).toBe(false);
      await store.close();
    },
    60_000,
  );

  test('a wrong password does not open it', async () => {
    const store = await openEmbeddedStore(trial.options);
    const stranger = new pg.Client({
      host: trial.cluster,
      port: 5432,
      user: 'seek_pass',
      password: 'wrong',
      database: 'postgres',
    });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
    await store.close();
  }, 60_000);

  test('makes no user of the operating system: root names one that exists', async () => {
    const users = await readFile('/etc/passwd', 'utf8');
    expect(await codeOf(openEmbeddedStore({ ...trial.options, osUser: 'no-such-user' }))).toBe(
      'invalid_configuration',
    );
    expect(await codeOf(openEmbeddedStore({ ...trial.options, osUser: 'root' }))).toBe(
      'invalid_configuration',
    );
    expect(await readFile('/etc/passwd', 'utf8')).toBe(users);
  });

  test('in production it needs an option that names the risk', async () => {
    const folder = join(trial.options.folder, 'in-production');
    await expect(openEmbeddedDatabase({ environment: 'production', folder })).rejects.toThrow(
      /environment is production/,
    );
    await expect(openEmbeddedStore({ environment: 'production', folder })).rejects.toThrow(
      /environment is production.*acceptOneMachineWithoutBackup/,
    );
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('refuses a folder without a server in binaries', async () => {
    expect(await codeOf(openEmbeddedStore({ ...trial.options, binaries: '/nowhere' }))).toBe(
      'invalid_configuration',
    );
  });
});
