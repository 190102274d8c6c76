import { setTimeout as pause } from 'node:timers/promises';
import { proof } from '@seek-pass-kit/prove';
import { describe } from 'vitest';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { claimAll, learnersOf } from './claimants.ts';
import { openInstitution } from './institution.ts';
import { countWaitingMails, expectMailsAccountedFor } from './mail-check.ts';
import type { Program } from './programs.ts';
import { useProofGround } from './proof-ground.ts';
import { expectOneAwardPerKey, expectOneSubmissionPerAward } from './what-happened.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('three workers', () => {
  const groundOf = useProofGround();

  proof(
    'One of three workers stands still for seconds (SIGSTOP): nothing is submitted or mailed twice, what it settles late is refused',
    { small: 4, full: 75 },
    async ({ size: seconds }) => {
      const { database, programs } = groundOf();
      const awards = 60;
      const institution = await openInstitution(database.connectionString);
      const { sandbox, post, settings, ports } = institution;
      const imported = programs.start('import', settings, awards);
      await imported.said('counts');
      const learners = await learnersOf(settings, awards);

      // Submissions and mails take so long that the worker has some of them in its hands when it is stopped.
      sandbox.control.faults.set({ path: '/api/partner/v1/add/*', effect: { kind: 'latency', ms: 300 } });
      const leaseMs = Math.floor((seconds * 1_000) / 3);
      const [stopped, ...others] = ports.map((port) =>
        programs.start('serve', { ...settings, leaseMs, mailSlowMs: 700 }, port),
      );
      if (stopped === undefined) throw new Error('There are three.');
      const crashed = Promise.race([stopped, ...others].map((worker) => worker.crashed));
      const standStill = async () => {
        stopped.signal('SIGSTOP');
        await pause(seconds * 1_000);
        stopped.signal('SIGCONT');
      };
      await Promise.race([stopped.said('mailing'), crashed]);
      await standStill();
      await Promise.race([Promise.all(others.map((worker) => worker.said('serving'))), crashed]);
      const claims = claimAll(learners, { post, ports, atOnce: 12 });
      await Promise.race([claims.reached(awards / 4), crashed]);
      await standStill();

      const claimed = await Promise.race([claims.finished, crashed]);
      while ((await countWaitingMails(institution)) > 0 || lostBy(stopped) === 0) {
        await Promise.race([pause(50), crashed]);
      }
      await expectOneAwardPerKey(institution, awards);
      await expectOneSubmissionPerAward(institution, claimed, awards);
      await expectMailsAccountedFor(institution, awards);
    },
  );
});

/** How many jobs a worker had done when they were no longer its own. */
function lostBy(worker: Program): number {
  const reports = worker.lines.flatMap(({ report }) =>
    report === undefined ? [] : [report as { lost: number }],
  );
  return reports.reduce((sum, { lost }) => sum + lost, 0);
}
