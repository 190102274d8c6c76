import { proof } from '@seek-pass-kit/prove';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { newTrialFolder } from '../embedded/trial-folder.ts';
import { claimAll, learnersOf } from './claimants.ts';
import { institutionWith } from './institution.ts';
import { buildPrograms, type Programs } from './programs.ts';
import { seededRandom } from './seeded.ts';
import { expectSaid, expectStates, expectSubmittedOnce } from './what-happened.ts';

describe('the embedded store', () => {
  let programs: Programs;
  beforeAll(async () => {
    programs = await buildPrograms();
  }, 60_000);
  afterAll(() => programs.remove());

  proof(
    'Embedded store: awards come in from a second process; the first is killed, another opens the folder and goes on where it was',
    { small: 30, full: 1_000 },
    async ({ size, seed }) => {
      const random = seededRandom(seed);
      const trial = await newTrialFolder();
      onTestFinished(() => trial.remove());
      const institution = await institutionWith({ embedded: trial.options });
      const { settings, post } = institution;
      const [port] = institution.ports;
      let server = programs.start('serve', settings, port);
      await Promise.race([server.said('serving'), server.crashed]);
      // While it serves.
      expectSaid(await programs.start('import', settings, size).said('counts'), {
        counts: { created: size },
      });

      const claims = claimAll(await learnersOf(settings, size), { post, ports: [port], atOnce: 8 });
      for (const point of Array.from({ length: 3 }, () => random() * size).sort((a, b) => a - b)) {
        await Promise.race([claims.reached(point), server.crashed]);
        await server.kill();
        server = programs.start('serve', settings, port);
        await Promise.race([server.said('serving'), server.crashed]);
      }
      expectSubmittedOnce(institution, await Promise.race([claims.finished, server.crashed]), size);
      await expectStates(settings, { submitted: size });
    },
  );
});
