import { expect } from 'vitest';
import { classList, hasNoMailbox } from './class-list.ts';
import type { Institution } from './institution.ts';
import { countStored, query } from './what-happened.ts';

/** Claim mails that no worker has come to an end with. */
export async function countWaitingMails(institution: Institution): Promise<number> {
  const sql = `count(*) FROM jobs WHERE kind = 'claim_mail' AND state IN ('waiting', 'leased')`;
  return (await countStored(institution, { waiting: sql }))['waiting'] ?? 0;
}

/** Those that a worker whose clock is so many hours ahead has to do now, or is doing. */
export async function countDueMails(institution: Institution, hoursAhead: number): Promise<number> {
  const by = Date.now() + hoursAhead * 3_600_000;
  const sql = `count(*) FROM jobs WHERE kind = 'claim_mail'
    AND (state = 'waiting' AND due_at <= ${by} OR state = 'leased' AND due_at <= ${by} + 61000)`;
  return (await countStored(institution, { due: sql }))['due'] ?? 0;
}

const awardsInNoMail = `count(*) FROM awards WHERE NOT EXISTS
  (SELECT FROM mails WHERE mails.kind = 'claim' AND mails.recipient_id = awards.recipient_id AND mails.award_ids ? awards.id)`;

/**
 * Every award is named by a claim mail of which it is known what became of it: sent, refused, or unknown to us. A person has one, or at
 * most one for each of their awards, when the first had left before the next was stored. The mail server has no message twice, has
 * every one that we call sent, and none that we call refused.
 */
export async function expectMailsAccountedFor(institution: Institution, size: number): Promise<void> {
  const addresses = Array.from(classList(size), ({ recipient }) => recipient.email);
  const people = [...new Set(addresses)];
  const stateOf = new Map(
    await query(institution, async (client) => {
      const { rows } = await client.query<{ message_id: string; state: string }>(
        `SELECT message_id, state FROM mails WHERE kind = 'claim' AND state <> 'not_needed'`,
      );
      return rows.map(({ message_id, state }): [string, string] => [message_id, state]);
    }),
  );
  const counts = { accepted: 0, refused: 0, unknown: 0 };
  for (const state of stateOf.values()) {
    if (!(state in counts)) throw new Error(`A mail is ${state} in the end.`);
    counts[state as keyof typeof counts] += 1;
  }
  const mails = counts.accepted + counts.refused + counts.unknown;
  expect(mails).toBeGreaterThanOrEqual(people.length);
  expect(mails).toBeLessThanOrEqual(size);
  expect(await countStored(institution, { untold: awardsInNoMail })).toEqual({ untold: 0 });
  expect(counts.accepted).toBeGreaterThan(0);
  expect(counts.refused).toBeLessThanOrEqual(people.filter(hasNoMailbox).length);

  const delivered = (await institution.post.delivered()).filter(({ messageId }) => stateOf.has(messageId));
  expect(new Set(delivered.map(({ messageId }) => messageId)).size).toBe(delivered.length);
  const countOf = (list: readonly string[], address: string) => list.filter((one) => one === address).length;
  const reached = delivered.map(({ to }) => to);
  expect(reached.filter((to) => countOf(reached, to) > countOf(addresses, to))).toEqual([]);
  const states = delivered.map(({ messageId }) => stateOf.get(messageId));
  expect(states.filter((state) => state === 'accepted')).toHaveLength(counts.accepted);
  expect(states.filter((state) => state === 'refused')).toEqual([]);
}
