import { proof } from '@seek-pass-kit/prove';
import { describe } from 'vitest';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { expectEndsOfSeekPass, followUnderKills } from './ends-under-kills.ts';
import { openInstitution, withMailTroubles } from './institution.ts';
import { useProofGround } from './proof-ground.ts';
import { setFaults } from './sandbox-faults.ts';
import { seededRandom } from './seeded.ts';
import { expectMailsAccountedFor } from './mail-check.ts';
import { claimUnderKills, importUnderKills, mailTheRest, timeOfImport } from './under-kills.ts';
import { expectOneAwardPerKey, expectOneSubmissionPerAward } from './what-happened.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('kill -9', () => {
  const groundOf = useProofGround();

  proof(
    'Awards imported, mailed, claimed and followed to their end under kill -9, with 10 % faults of SEEK Pass: one award a key, each in a mail whose fate is known, one submission an award, each ends as SEEK Pass says',
    { small: 100, full: 10_000, timeoutMs: 60 * 60_000 },
    async ({ size, seed }) => {
      const { database, programs } = groundOf();
      const random = seededRandom(seed);
      const institution = await openInstitution(database.connectionString);
      const undisturbed = await openInstitution(database.connectionString);
      const longestMs = await timeOfImport(programs, undisturbed, size);
      const troubled = withMailTroubles(institution, seed);
      await importUnderKills(programs, troubled, { size, longestMs, random });
      await expectOneAwardPerKey(institution, size);
      await mailTheRest(programs, troubled);
      await expectMailsAccountedFor(institution, size);

      setFaults(institution.sandbox, seed);
      const claimed = await claimUnderKills(programs, institution, {
        size,
        atOnce: Math.min(64, Math.ceil(size / 20)),
        random,
      });
      await expectOneSubmissionPerAward(institution, claimed, size);

      await followUnderKills(programs, institution, { claimed, random });
      await expectEndsOfSeekPass(institution, claimed);
    },
  );
});
