import type { IssuanceCounts, IssuanceSummary } from '../../../contract/issuances.ts';
import { awardsWithoutMail } from './awards-without-mail.ts';
import type { AskedScope } from './issuance-scope.ts';
import { listed } from './list-issuances.ts';
import { expiringSince } from './submission-life.ts';

/** The most awards that are counted one by one. */
export const mostCounted = 1_000;

/**
 * How many awards are in which state. Only for those who may read every entry: what somebody else may see of them would have to be counted
 * one by one.
 */
export async function countIssuances({ connection, visible }: AskedScope): Promise<IssuanceCounts> {
  return visible.all ? { counts: await connection.addFlow.counts() } : {};
}

/** What the home page shows. Each number costs as much as there is to tell, not as there are awards. */
export async function summarise(scope: AskedScope): Promise<IssuanceSummary> {
  const { connection, visible, issuer, now } = scope;
  const { counts } = await countIssuances(scope);
  const person = await listed(
    scope,
    { attention: 'person', mailTroubles: await awardsWithoutMail(connection.addFlow) },
    mostCounted,
  );
  const expiring = visible.all
    ? (await connection.store.read.openSubmissions(issuer, [expiringSince(now)])).submittedBy[0]
    : (await listed(scope, { attention: 'expiring' }, mostCounted)).length;
  return {
    ...(counts === undefined
      ? {}
      : { open: (counts['ready'] ?? 0) + (counts['submitted'] ?? 0), added: counts['added'] ?? 0 }),
    expiring: expiring ?? 0,
    person: person.length,
  };
}
