import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { proof } from '@seek-pass-kit/prove';
import pg from 'pg';
import { describe, expect, onTestFinished } from 'vitest';
import type { AwardInput } from '../../src/awards/award-input.ts';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { issueAwards } from '../../src/awards/issue-awards.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { eraseLearner } from '../../src/erasure/erase-learner.ts';
import { placeHold } from '../../src/erasure/holds.ts';
import { runDue } from '../../src/jobs/runner.ts';
import { rewrapKeys } from '../../src/keys/rewrap-keys.ts';
import { mailHandlers } from '../../src/mail/mail-handlers.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { formFields } from '../../src/pages/claim-page.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { awardInput, microcredential, sampleRun } from '../add-flow-fixture.ts';
import { proveByMail } from '../claims/claim-browser.ts';
import { type ClaimFixture, openClaim } from '../claims/open-claim.ts';
import { postgresMissing, startTemporaryPostgres } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();

/** Stands in everything personal: names, addresses, ids, what was learned. */
const marker = 'zyxq7marker';

function seeded(at: number): AwardInput {
  const fullName = `Lan ${marker} ${at}`;
  return awardInput({
    key: `${marker}/${at}`,
    recipient: {
      fullName,
      email: `${marker}.${at}@example.edu`,
      subject: `sis:${marker}:${at}`,
      knownFacts: { studentNumber: `${marker}-${at}` },
      locale: 'vi',
    },
    credential: microcredential({ full_name: fullName, microcredential_name: `Welding ${marker} ${at}` }),
    // Of what is changed and of what is claimed below, one each.
    ...(at % 3 === 2 ? { file: { type: 'pdf', bytes: Buffer.from(`%PDF-1.7 ${marker} ${at}`) } } : {}),
  });
}

/** Everything that happens to awards: issued, corrected, changed, withdrawn, mailed, claimed, followed, erased. */
async function live(flow: ClaimFixture, size: number): Promise<{ awardIds: string[]; secrets: string[] }> {
  const { context } = flow;
  const ids: string[] = [];
  for await (const result of issueAwards(
    context,
    Array.from({ length: size }, (_, at) => seeded(at)),
    sampleRun,
  )) {
    if (result.result !== 'created') throw new Error(`${result.key} was ${result.result}`);
    ids.push(result.awardId);
  }
  const corrected = microcredential({ microcredential_name: `Corrected ${marker}` });
  const corrections = [0, 1].map((at) => ({ ...seeded(at), credential: corrected }));
  for await (const { result } of issueAwards(context, corrections, sampleRun))
    expect(result).toBe('adds-a-second');
  const moved = await changeRecipient(context, {
    awardId: ids[2] ?? '',
    recipient: { fullName: `Lan ${marker}`, email: `${marker}.new@example.edu` },
    reason: 'wrong_address',
    who: 'staff-7',
    mayChangeRecipients: true,
  });
  expect(moved.outcome).toBe('changed');
  await withdraw(context, { awardId: ids[3] ?? '', reason: 'issued_in_error', who: 'staff-7' });
  const runner = { store: flow.store, clock: flow.clock, random: Math.random, issuers: ['default'] };
  await runDue(runner, { budgetMs: 60_000, handlers: mailHandlers(context) });
  const secrets: string[] = [];
  for (const [at, awardId] of [...ids.entries()].slice(4, 6)) {
    const link = await flow.linkOf(awardId);
    const browser = flow.browser();
    await proveByMail(browser, link, flow.mails);
    await browser.post('/facts', { [formFields.fact('studentNumber')]: `${marker}-${at}` });
    secrets.push(link.split('/').at(-1) ?? '', ...browser.cookies.values());
    const uri = (await browser.post('/add')).headers.get('refresh')?.replace('0; url=', '') ?? '';
    secrets.push(new URL(uri).hash.slice(1), /content=([^&]+)/.exec(uri)?.[1] ?? '');
  }
  const documents = flow.sandbox.control.submissions.list().map(({ credentials: [one] }) => one?.document);
  const tokens = documents.flatMap((address) => address?.split('/').at(-1) ?? []);
  expect(tokens).toHaveLength(1);
  secrets.push(...tokens);
  flow.advance({ hours: 49 });
  await pollSubmissions(context, { budgetMs: 60_000 });
  const erasure = { reason: 'asked_by_person', who: 'staff-7' } as const;
  await eraseLearner(context, { of: { email: `${marker}.7@example.edu` }, ...erasure });
  await eraseLearner(context, {
    of: { key: `${marker}/8` },
    ...erasure,
    all: { legalBasis: 'consent_withdrawn' },
  });
  await placeHold(context, { of: { subject: `sis:${marker}:9` }, reason: 'audit', who: 'staff-7' });
  await rewrapKeys(context);
  return { awardIds: ids, secrets };
}

/** All that the server has written: tables with rows that were overwritten, indexes, write-ahead log, its own log. */
async function* filesOf(folder: string): AsyncGenerator<Buffer> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) yield await readFile(join(entry.parentPath, entry.name));
  }
}

/** A text in hexadecimal, and in base64 at each of the three places where it can begin. */
function codedSpellings(text: string): string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const coded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
      .toString('base64')
      .replace(/=+$/, '');
    return coded.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  return [Buffer.from(text).toString('hex'), ...base64];
}

/** Searches every file; an award's public id, which is no secret, must be found: in a table, in its indexes, in the log of both. */
async function expectNothingInClear(
  folder: string,
  awardId: string,
  secrets: readonly string[],
): Promise<void> {
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  const wanted = [marker, ...codedSpellings(marker), ...secrets].map((text) => Buffer.from(text));
  const found: string[] = [];
  let filesWithId = 0;
  for await (const bytes of filesOf(folder)) {
    if (bytes.includes(awardId)) filesWithId += 1;
    found.push(...wanted.filter((spelling) => bytes.includes(spelling)).map(String));
  }
  expect(found).toEqual([]);
  expect(filesWithId).toBeGreaterThan(2);
}

describe.skipIf(skip)('security rules 16 and 17', () => {
  proof(
    'Nothing personal and no secret of a claim is in clear in any file of the database, write-ahead log and log included',
    { small: 12, full: 5_000 },
    async ({ size }) => {
      const server = await startTemporaryPostgres();
      onTestFinished(() => server.stop());
      const { connectionString } = server;
      const flow = await openClaim(
        {},
        {
          store: await openPostgresStore({ connectionString }),
          documents: { baseUrl: 'https://credentials.example.edu/documents', maxBytes: 1_000 },
        },
      );
      const { awardIds, secrets } = await live(flow, size);
      const client = new pg.Client({ connectionString });
      await client.connect();
      await client.query('CHECKPOINT');
      await client.end();
      const folder = new URL(connectionString).searchParams.get('host') ?? '';
      await expectNothingInClear(folder, awardIds.at(-1) ?? '', secrets);
    },
  );
});
