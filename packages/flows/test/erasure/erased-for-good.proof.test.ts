import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { proof } from '@seek-pass-kit/prove';
import { createNamespace } from '@seek-pass-kit/core';
import pg from 'pg';
import { describe, expect, onTestFinished } from 'vitest';
import { AddFlow } from '../../src/add-flow.ts';
import { SealedRecords } from '../../src/awards/sealed-records.ts';
import { generateClaimKey } from '../../src/claims/claim-key.ts';
import { finishErasures, type KeyFile } from '../../src/erasure/finish-erasures.ts';
import { generateKeyRing, keyRingFromText, openKeyRing } from '../../src/keys/key-ring.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { awardInput, microcredential, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { postgresMissing, serverFolder, startTemporaryPostgres } from '@seek-pass-kit/prove/postgres';

const skip = (await postgresMissing()) || (await serverFolder()) === undefined;
const run = promisify(execFile);
const day = 24 * 3_600_000;

/** Stands in everything personal of one learner: name, address, subject, facts, key, credential. */
const markerOf = (at: number): string => `zyxq${at}marker`;

function learner(at: number) {
  const marker = markerOf(at);
  return awardInput({
    key: `key ${marker}`,
    recipient: {
      fullName: `Lan ${marker}`,
      email: `mail.${marker}@example.edu`,
      subject: `sis:${marker}`,
      knownFacts: { studentNumber: `fact ${marker}` },
    },
    credential: microcredential({ full_name: `Lan ${marker}` }),
  });
}

/** Everything of everybody that somebody with this database and this key file can read. */
async function readAll(connectionString: string, ring: string): Promise<string> {
  const store = await openPostgresStore({ connectionString });
  const records = new SealedRecords(keyRingFromText(ring));
  const read: unknown[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await store.read.listAwards({
      issuer: 'default',
      limit: 1_000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const award of page.awards) {
      const recipient = await store.read.recipient('default', award.recipientId);
      if (recipient === undefined) throw new Error('An award has no recipient.');
      try {
        const dataKey = await records.dataKeyOf(recipient);
        read.push(records.openAward(dataKey, award));
        read.push(records.openPerson(dataKey, recipient));
      } catch {
        // Nothing more of this award can be read.
      }
    }
    cursor = page.cursor;
    more = cursor !== undefined;
  }
  await store.close();
  return JSON.stringify(read);
}

/** A server with a way to back its database up and to restore a backup beside it, as an administrator does. */
async function openServer() {
  const server = await startTemporaryPostgres();
  const binaries = (await serverFolder()) ?? '';
  const file = join(tmpdir(), `seek-pass-dump-${process.pid}.sql`);
  onTestFinished(async () => {
    await server.stop();
    await rm(file, { force: true });
  });
  const { connectionString } = server;
  return {
    connectionString,
    backUp: () => run(join(binaries, 'pg_dump'), [`--dbname=${connectionString}`, `--file=${file}`]),
    async restoreAs(name: string): Promise<string> {
      const client = new pg.Client({ connectionString });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      const restored = connectionString.replace('/postgres?', `/${name}?`);
      await run(join(binaries, 'psql'), [`--dbname=${restored}`, '--quiet', `--file=${file}`]);
      return restored;
    },
  };
}

/** A flow over this database with a key file of which every former text is kept, as backups are. */
async function openFlow(connectionString: string) {
  const { seekPass, context, clock } = await openAddFlow();
  const ringBackups = [generateKeyRing()];
  const keyFile: KeyFile = {
    read: async () => ringBackups.at(-1) ?? '',
    async write(text) {
      ringBackups.push(text);
    },
  };
  const store = await openPostgresStore({ connectionString });
  onTestFinished(() => store.close());
  const { clientId, claimBaseUrl, brand, mail } = context;
  const flow = new AddFlow({
    seekPass,
    environment: 'sandbox',
    clientId,
    store,
    keys: await openKeyRing(() => keyFile.read()),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl,
    brand,
    mail,
    erasure: { keyBackupDays: 14 },
    clock,
  });
  await flow.start();
  return { flow, keyFile, ringBackups, clock };
}

/** Erases two of these learners, one with all they had, and reads before and after, here and in a backup. */
async function eraseForGood(size: number): Promise<void> {
  const server = await openServer();
  const { connectionString } = server;
  const { flow, keyFile, ringBackups, clock } = await openFlow(connectionString);
  const inputs = Array.from({ length: size }, (_, at) => learner(at));
  for await (const { result } of flow.awardMany(inputs, sampleRun)) expect(result).toBe('created');
  const [oldRing = ''] = ringBackups;
  await server.backUp();
  const restored = await server.restoreAs('restored');
  for (const place of [connectionString, restored]) {
    const before = await readAll(place, oldRing);
    for (const at of [0, 1, 2]) {
      expect(before).toContain(`mail.${markerOf(at)}@example.edu`);
      expect(before).toContain(`key ${markerOf(at)}`);
    }
  }

  const request = { reason: 'asked_by_person', who: 'staff-7' } as const;
  const reports = [
    await flow.erase({ ...request, of: { email: `mail.${markerOf(0)}@example.edu` } }),
    await flow.erase({
      ...request,
      of: { subject: `sis:${markerOf(1)}` },
      all: { legalBasis: 'objection_upheld' },
    }),
  ];
  expect(reports.map(({ outcome }) => outcome)).toEqual(['erased', 'erased']);

  // Here it is gone at once: of the first learner all but the record of the award, of the second everything.
  const here = await readAll(connectionString, oldRing);
  for (const gone of ['mail.', 'sis:', 'fact ']) expect(here).not.toContain(gone + markerOf(0));
  expect(here).toContain(`Lan ${markerOf(0)}`);
  expect(here).not.toContain(markerOf(1));
  expect(here).toContain(`mail.${markerOf(2)}@example.edu`);
  // In a restored backup it is not, and that is what the report says.
  expect(await flow.erasures()).toMatchObject([{ on: 'key_in_use' }, { on: 'key_in_use' }]);
  const pending = await readAll(restored, await keyFile.read());
  for (const at of [0, 1]) expect(pending).toContain(`mail.${markerOf(at)}@example.edu`);

  const until = clock.now() + 14 * day;
  const finished = await finishErasures([flow], { keyFile, who: 'staff-7' });
  expect(finished).toMatchObject({ outcome: 'keys_dropped', droppedKeyIds: ['k1'], completeAt: until });
  const ring = await keyFile.read();
  expect(await readAll(restored, ring)).toBe('[]');
  const after = await readAll(connectionString, ring);
  expect(after).not.toContain(markerOf(1));
  for (let at = 2; at < size; at += 1) expect(after).toContain(`mail.${markerOf(at)}@example.edu`);

  // The backup of the key file still opens it, and the erasure is not complete before that is gone.
  expect(await readAll(restored, oldRing)).toContain(`mail.${markerOf(0)}@example.edu`);
  expect(await flow.erasures()).toMatchObject([
    { standing: 'pending', on: 'key_backup', until },
    { standing: 'pending' },
  ]);
  clock.advance(14 * day);
  expect(await flow.erasures()).toMatchObject([{ standing: 'complete' }, { standing: 'complete' }]);

  // Neither the reports, nor the trail, nor what is kept to stop later imports names anybody.
  const named = JSON.stringify([
    reports,
    await flow.erasures(),
    await flow.context.store.read.auditOf('default', null, 100),
    await flow.status(`key ${markerOf(0)}`),
    await flow.status(`key ${markerOf(1)}`),
  ]);
  for (const at of [0, 1]) expect(named).not.toContain(markerOf(at));
}

describe.skipIf(skip)('security rule 17', () => {
  proof(
    'What was erased is read before and not after, also in a restored backup; until the backup of the key file expires the erasure says so',
    { small: 20, full: 2_000 },
    ({ size }) => eraseForGood(size),
  );
});
