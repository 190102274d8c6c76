import { setTimeout as pause } from 'node:timers/promises';
import { proof } from '@seek-pass-kit/prove';
import { describe } from 'vitest';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { claimAll, learnersOf } from './claimants.ts';
import { type Institution, openInstitution } from './institution.ts';
import { countWaitingMails, expectMailsAccountedFor } from './mail-check.ts';
import { useProofGround } from './proof-ground.ts';
import { countStored, expectOneAwardPerKey, expectOneSubmissionPerAward } from './what-happened.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('PostgreSQL restarted in the middle', () => {
  const groundOf = useProofGround();

  // A server that was given to the tests is not theirs to stop.
  const canRestart = process.env['SEEK_PASS_TEST_DATABASE_URL'] === undefined;
  if (!canRestart) return;

  proof(
    'PostgreSQL restarted during an import, as after a crash and as by an administrator: it finishes by itself, one award a key',
    { small: 2_000, full: 50_000 },
    async ({ size }) => {
      const { database, programs } = groundOf();
      const institution = await openInstitution(database.connectionString);
      const importer = programs.start('import', institution.settings, size);
      for (const [at, mode] of [
        [0.2, 'immediate'],
        [0.6, 'fast'],
      ] as const) {
        await Promise.race([atLeast(institution, at * size), importer.crashed]);
        await database.restart?.(mode);
      }
      await Promise.race([importer.said('counts'), importer.crashed]);
      await expectOneAwardPerKey(institution, size);
    },
  );

  proof(
    'PostgreSQL restarted again and again during mails and claims: all are claimed, nothing is submitted or mailed twice',
    { small: 60, full: 2_000 },
    async ({ size }) => {
      const { database, programs } = groundOf();
      const institution = await openInstitution(database.connectionString);
      const { settings, post } = institution;
      const ports = institution.ports.slice(0, 2);
      await programs.start('import', settings, size).said('counts');
      const servers = ports.map((port) => programs.start('serve', settings, port));
      const crashed = Promise.race(servers.map((server) => server.crashed));
      await Promise.race([Promise.all(servers.map((server) => server.said('serving'))), crashed]);
      const claims = claimAll(await learnersOf(settings, size), { post, ports, atOnce: 16 });
      for (const mode of ['immediate', 'fast', 'immediate', 'fast'] as const) {
        await Promise.race([claims.reached(claims.count() + size / 6), crashed]);
        await database.restart?.(mode);
      }
      const claimed = await Promise.race([claims.finished, crashed]);
      while ((await countWaitingMails(institution)) > 0) await Promise.race([pause(50), crashed]);
      await expectOneSubmissionPerAward(institution, claimed, size);
      await expectMailsAccountedFor(institution, size);
    },
  );
});

async function atLeast(institution: Institution, awards: number): Promise<void> {
  const stored = async () =>
    (await countStored(institution, { awards: 'count(*) FROM awards' }))['awards'] ?? 0;
  while ((await stored()) < awards) await pause(10);
}
