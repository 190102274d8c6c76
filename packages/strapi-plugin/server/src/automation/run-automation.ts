import type { Clock } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import { serviceOf } from '../plugin-services.ts';
import { automatedEntryRows, type AutomatedEntryRows } from './automated-entry-rows.ts';
import type { AutomatedEntryRow } from './automated-entry-table.ts';
import { readRule } from './automation-rules.ts';
import { issuedOf, placeOf } from './issued-of.ts';
import { mayIssue } from './may-issue.ts';

const leaseMs = 60_000;
const atOnce = 50;
const hourMs = 3_600_000;

/** A rule issues no more than this in an hour of the clock by itself: a mistake in it, or in what publishes, must not reach everybody. */
export const mostInAnHour = 100;

/** Looks at what was published while a rule was on: issues it, or leaves it to a person. Several instances may do this at once. */
export async function runAutomation(strapi: Core.Strapi, clock: Clock): Promise<void> {
  const connection = serviceOf(strapi, 'connection').current();
  if (connection === undefined) return;
  const { issuer } = connection;
  const rows = automatedEntryRows(strapi);
  const now = clock.now();
  let issued = 0;
  let failure: unknown;
  for (const row of await rows.take(issuer, now, now + leaseMs, atOnce)) {
    try {
      if (await decide(strapi, rows, row, clock)) issued += 1;
    } catch (error) {
      // Its lease ends, and it is tried again. The others must not wait for it.
      failure ??= error;
    }
  }
  if (issued > 0) serviceOf(strapi, 'connection').kick();
  if (failure !== undefined) throw failure;
}

/** Says whether it was issued. */
async function decide(
  strapi: Core.Strapi,
  rows: AutomatedEntryRows,
  row: AutomatedEntryRow,
  clock: Clock,
): Promise<boolean> {
  const { issuer, mapping, publishedBy } = row;
  const { enabled } = await readRule(strapi, mapping);
  const named = await serviceOf(strapi, 'mappings').find(mapping);
  // A rule issues first credentials only: what was issued already is corrected by a person, who sees what that does.
  const isIssued = (await issuedOf(strapi, [row])).has(row);
  if (!enabled || named?.enabled !== true || isIssued) {
    await rows.forget(row);
    return false;
  }
  if (publishedBy === null) {
    await rows.toPerson(row, 'nobody');
    return false;
  }
  if (!(await mayIssue(strapi, publishedBy, placeOf(row)))) {
    await rows.toPerson(row, 'not_allowed');
    return false;
  }
  const { limits } = serviceOf(strapi, 'connection').required().store;
  const { allowed } = await limits.take(`automation:${issuer}:${mapping}`, mostInAnHour, hourMs, clock.now());
  if (!allowed) {
    await rows.toPerson(row, 'too_many');
    return false;
  }
  const { result } = await serviceOf(strapi, 'entry-awards').issue({
    ...placeOf(row),
    mapping,
    who: publishedBy,
    // Published again since, maybe by somebody who may not issue: that has a note of its own (security rule 24).
    isStillMeant: async () => {
      const found = await rows.find(row);
      return found?.publishedAt === row.publishedAt && found.state === 'waiting';
    },
  });
  if (result === 'refused') {
    await rows.toPerson(row, 'refused');
    return false;
  }
  await rows.forget(row);
  return true;
}
