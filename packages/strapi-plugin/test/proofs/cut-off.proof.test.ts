import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace } from '@seek-pass-kit/core';
import { proof, type ProofRun } from '@seek-pass-kit/prove';
import { startSandbox } from '@seek-pass-kit/sandbox';
import { expect, onTestFinished } from 'vitest';
import { courseMapping } from '../mapping/course-mapping.ts';
import { Learner } from '../site/learner.ts';
import { StaffMember } from '../site/staff-member.ts';
import { mailsIn, startSiteProcess } from './site-process.ts';

const contentType = 'api::completion.completion';

proof(
  'Strapi is killed while code of the site hears of an award, and again between an award that a rule issues and what it notes of it: told again, issued once. A claim goes on over a restart',
  { small: 1, full: 10 },
  goOnAfterKills,
);

async function goOnAfterKills({ size: turns }: ProofRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-cut-off-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { baseUrl, clientId, clientSecret } = sandbox;
  const config = {
    environment: 'sandbox',
    baseUrl,
    clientId,
    clientSecret,
    keys: generateKeyRing(),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl: 'http://127.0.0.1/claim',
    brand: { name: 'Wattle Bay Training' },
    mappings: [courseMapping],
  };
  const [mailFile, eventFile] = [join(folder, 'mails'), join(folder, 'events')];
  const start = (dying: 'yes' | 'no' = 'no') =>
    startSiteProcess({
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: join(folder, 'site.db'),
      ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      SEEK_PASS_CONFIG: JSON.stringify(config),
      MAIL_FILE: mailFile,
      EVENT_FILE: eventFile,
      DIE_IN_EVENT: dying,
      BY_HAND: 'yes',
    });
  const heard = async () => (await readFile(eventFile, 'utf8')).split('\n').filter((line) => line !== '');
  let admin: StaffMember | undefined;

  for (let turn = 0; turn < turns; turn += 1) {
    const first = await start('yes');
    const [award] = await first.ask<Array<{ awardId: string; url: string }>>('award', `turn-${turn}`, 1);
    const { awardId, url } = award ?? expect.fail('It was asked for one.');
    first.ask('tick').catch(() => undefined);
    expect(await first.ended).toBe('SIGKILL');
    expect((await heard()).at(-1)).toBe(awardId);

    const second = await start();
    await second.ask('leasesEnd');
    await second.ask('tick');
    expect((await heard()).filter((id) => id === awardId)).toHaveLength(2);
    admin = admin?.at(second.url) ?? (await StaffMember.registering(second.url));
    const rule = { enabled: true, moment: { on: 'published' } };
    const { status } = await admin.ask('PUT', '/seek-pass/automation', {
      mapping: courseMapping.name,
      rule,
    });
    expect(status).toBe(200);
    const documentId = await second.ask<string>('draft', `rule-${turn}`);
    const path = `/content-manager/collection-types/${contentType}/${documentId}/actions/publish`;
    expect(await admin.ask('POST', path, {})).toMatchObject({ status: 200 });
    await second.ask('endAtAward');
    second.ask('automate').catch(() => undefined);
    expect(await second.ended).toBe('SIGKILL');

    const third = await start();
    await third.ask('leasesEnd');
    await third.ask('automate');
    await third.ask('automate');
    await third.ask('tick');
    expect(await third.ask('counts')).toEqual({ ready: turn + 2, ...(turn > 0 && { added: turn }) });

    // The learner has asked for a code when Strapi is started again.
    const to = `turn-${turn}-0@learners.example`;
    const door = { sandbox, url: third.url };
    const codes = async () => (await mailsIn(mailFile)).filter((mail) => mail.to === to);
    const learner = new Learner(door, codes);
    await learner.asksForCode(url);
    third.signal('SIGTERM');
    expect(await third.ended).toBe(0);
    const fourth = await start();
    door.url = fourth.url;
    await learner.givesCode();
    learner.accepts(await learner.addsAward(awardId), to);
    await fourth.ask('ahead', 6 * 60_000);
    sandbox.control.clock.advance({ minutes: 6 });
    await fourth.ask('tick');
    expect(await fourth.ask('counts')).toEqual({ ready: turn + 1, added: turn + 1 });
    fourth.signal('SIGTERM');
    expect(await fourth.ended).toBe(0);
  }
  const claimMails = (await mailsIn(mailFile)).filter(({ text }) => text.includes('http://127.0.0.1/claim/'));
  expect(claimMails).toHaveLength(new Set(claimMails.map(({ to }) => to)).size);
  // A mail that was on its way as its process was killed is not sent again by itself.
  expect(claimMails.length).toBeGreaterThanOrEqual(turns);
}
