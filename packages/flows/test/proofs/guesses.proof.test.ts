import { proof } from '@seek-pass-kit/prove';
import { describe, expect } from 'vitest';
import { ClaimBrowser, codeIn } from '../claims/claim-browser.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { learnersOf } from './claimants.ts';
import { freePort, type Institution, openInstitution } from './institution.ts';
import { useProofGround } from './proof-ground.ts';
import { countStored } from './what-happened.ts';

const skip = await postgresMissing();

describe.skipIf(skip)('guesses', () => {
  const groundOf = useProofGround();

  proof(
    'security rule 7: of 1,000 guesses at once over four processes five are compared, and the right code comes too late',
    { small: 1_000, full: 1_000 },
    async ({ size }) => {
      const { database, programs } = groundOf();
      const institution = await openInstitution(database.connectionString);
      const { settings, post } = institution;
      await programs.start('import', settings, 1).said('counts');
      const ports = [...institution.ports, await freePort()];
      const servers = ports.map((port) => programs.start('serve', settings, port));
      await Promise.all(servers.map((server) => server.said('serving')));

      const [learner] = await learnersOf(settings, 1);
      const [[awardId, link] = ['', '']] = learner?.links ?? [];
      const browser = new ClaimBrowser((request) => fetch(request, { redirect: 'manual' }));
      await browser.open(link);
      const page = await browser.post('/code');
      const mail = await post.newestTo(learner?.email ?? '', /(?<!\d)\d{4}[ \u00a0]?\d{4}(?!\d)/);
      const code = Number(codeIn({ sent: mail === undefined ? [] : [mail] }).replace(/\D/g, ''));
      const { fields = {} } = page.forms.find(({ action }) => action.endsWith('/proof')) ?? {};
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const guess = async (at: number, typed: number): Promise<number> => {
        const url = new URL(`/claim/${awardId}/proof`, page.url);
        url.port = String(ports[at % ports.length]);
        const { status } = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          headers: {
            origin: page.url.origin,
            'content-type': 'application/x-www-form-urlencoded',
            // Each from a machine of its own.
            'x-forwarded-for': `10.0.${at >> 8}.${at & 255}`,
            cookie,
          },
          body: new URLSearchParams({ ...fields, code: String(typed % 100_000_000).padStart(8, '0') }),
        });
        return status;
      };
      const answers = await Promise.all(Array.from({ length: size }, (_, at) => guess(at, code + 1 + at)));
      await expectFiveCompared(institution);
      expectRefused([...answers, await guess(size, code)]);
    },
  );
});

async function expectFiveCompared(institution: Institution): Promise<void> {
  const stored = await countStored(institution, { compared: 'sum(tries) FROM claim_codes' });
  expect(stored).toEqual({ compared: 5 });
}

/** Every process understood every guess, and let nobody in. */
function expectRefused(statuses: readonly number[]): void {
  expect(new Set(statuses)).toEqual(new Set([422]));
}
