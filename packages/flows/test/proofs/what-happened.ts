import { submissionId } from '@seek-pass-kit/core';
import pg from 'pg';
import { expect } from 'vitest';
import type { Claimed } from './claimants.ts';
import { classList } from './class-list.ts';
import { type FlowSettings, openFlow } from './flow-settings.ts';
import type { Institution } from './institution.ts';

/** Everything stored, counted by SQL and not by the code under proof. */
export async function countStored(
  institution: Institution,
  counts: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const columns = Object.entries(counts).map(([name, sql]) => `(SELECT ${sql})::float8 AS "${name}"`);
  return query(institution, async (client) => {
    const { rows } = await client.query<Record<string, number>>(`SELECT ${columns.join(', ')}`);
    return rows[0] ?? {};
  });
}

/** Asks the database itself, with nothing of ours between. */
export async function query<T>(
  { settings }: Institution,
  ask: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { store } = settings;
  if ('embedded' in store) throw new Error('Only a PostgreSQL of our own is asked by SQL.');
  const client = new pg.Client({ connectionString: store.connectionString });
  await client.connect();
  try {
    await client.query(`SET search_path TO ${store.schema}`);
    return await ask(client);
  } finally {
    await client.end();
  }
}

/** Each key has one award in its first version, made once, with its person; and each person is to be mailed. */
export async function expectOneAwardPerKey(institution: Institution, size: number): Promise<void> {
  const people = new Set(Array.from(classList(size), ({ recipient }) => recipient.email)).size;
  const stored = await countStored(institution, {
    awards: 'count(*) FROM awards',
    keys: 'count(DISTINCT key_hash) FROM awards WHERE version = 1',
    made: `count(*) FROM history WHERE what = 'created'`,
    madeOnce: `count(DISTINCT award_id) FROM history WHERE what = 'created'`,
    people: 'count(*) FROM recipients',
    toBeMailed: `count(DISTINCT refs ->> 'recipientId') FROM jobs WHERE kind = 'claim_mail'`,
  });
  expect(stored).toEqual({
    awards: size,
    keys: size,
    made: size,
    madeOnce: size,
    people,
    toBeMailed: people,
  });
}

/** As {@link expectSubmittedOnce}; and we have one row and one line of history for each. */
export async function expectOneSubmissionPerAward(
  institution: Institution,
  claimed: readonly Claimed[],
  size: number,
): Promise<void> {
  expectSubmittedOnce(institution, claimed, size);
  const stored = await countStored(institution, {
    submissions: 'count(*) FROM submissions',
    awards: 'count(DISTINCT award_id) FROM submissions WHERE attempt = 1 AND acknowledged',
    told: `count(*) FROM history WHERE what = 'submitted'`,
  });
  expect(stored).toEqual({ submissions: size, awards: size, told: size });
}

/**
 * SEEK Pass has one submission for each award, under the id of its first version and first attempt, with the data that it got
 * at first; and each learner was sent to their own.
 */
export function expectSubmittedOnce(
  { sandbox, settings }: Institution,
  claimed: readonly Claimed[],
  size: number,
): void {
  const submissions = sandbox.control.submissions.list(Number.POSITIVE_INFINITY);
  expect(submissions.flatMap(({ warnings }) => warnings)).toEqual([]);
  const expected = Array.from(classList(size), ({ key }) =>
    submissionId({ namespace: settings.namespace, key, version: 1, attempt: 1 }),
  );
  // One that came as two submissions stands here twice.
  expect(submissions.map(({ id }) => id).sort()).toEqual(expected.sort());
  expect(claimed).toHaveLength(size);
  expect(new Set(claimed.map(({ redirectUri }) => redirectUri)).size).toBe(size);
}

/** A process said exactly this. */
export function expectSaid(
  line: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): void {
  expect(line).toEqual(expected);
}

/** How many awards are in which state, as the add flow counts them. */
export async function expectStates(
  settings: FlowSettings,
  expected: Readonly<Record<string, number>>,
): Promise<void> {
  const { flow, close } = await openFlow(settings);
  expect(await flow.counts()).toEqual(expected);
  await close();
}
