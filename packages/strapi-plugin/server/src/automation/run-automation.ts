import type { Clock } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import type { ApprovalReason } from '../../../contract/automation.ts';
import { serviceOf } from '../plugin-services.ts';
import { automatedEntryRows, type AutomatedEntryRows } from './automated-entry-rows.ts';
import type { AutomatedEntryRow } from './automated-entry-table.ts';
import { readRule } from './automation-rules.ts';
import { issuedOf, placeOf } from './issued-of.ts';
import { mayIssue } from './may-issue.ts';

const leaseMs = 60_000;
const atOnce = 50;
const hourMs = 3_600_000;

/** A rule issues no more than this in an hour by itself: a mistake in it, or in what publishes, must not reach everybody. */
export const mostInAnHour = 100;

/** Looks at what was published while a rule was on: issues it, or leaves it to a person. Several instances may do this at once. */
export async function runAutomation(strapi: Core.Strapi, clock: Clock): Promise<void> {
  const connection = serviceOf(strapi, 'connection').current();
  if (connection === undefined) return;
  const { issuer } = connection;
  const rows = automatedEntryRows(strapi);
  const now = clock.now();
  let issued = 0;
  for (const row of await rows.take(issuer, now, now + leaseMs, atOnce)) {
    if (await decide(strapi, rows, row, clock)) issued += 1;
  }
  if (issued > 0) serviceOf(strapi, 'connection').kick();
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
  const found = await serviceOf(strapi, 'mappings').find(mapping);
  // A rule issues first credentials only: what was issued already is corrected by a person, who sees what that does.
  const isIssued = (await issuedOf(strapi, [row])).has(row);
  if (!enabled || found?.enabled !== true || isIssued) {
    await rows.forget(row);
    return false;
  }
  const toPerson = (reason: ApprovalReason) =>
    rows.settle(row, { state: 'approval', reason, decidedAt: null });
  if (publishedBy === null) {
    await toPerson('nobody');
    return false;
  }
  if (!(await mayIssue(strapi, publishedBy, placeOf(row)))) {
    await toPerson('not_allowed');
    return false;
  }
  if ((await rows.issuedSince(issuer, mapping, clock.now() - hourMs)) >= mostInAnHour) {
    await toPerson('too_many');
    return false;
  }
  const { result } = await serviceOf(strapi, 'entry-awards').issue({
    ...placeOf(row),
    mapping,
    who: publishedBy,
  });
  if (result === 'refused') {
    await toPerson('refused');
    return false;
  }
  await rows.settle(row, { state: 'issued', reason: null, decidedAt: clock.now() });
  return true;
}
