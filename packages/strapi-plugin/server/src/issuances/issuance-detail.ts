import { errors } from '@strapi/utils';
import type { IssuanceDetail } from '../../../contract/issuances.ts';
import { staffNames } from '../staff/staff-names.ts';
import { fromDatabase } from '../store/table.ts';
import { issuancesOf } from './issuance-rows.ts';
import type { AskedScope } from './issuance-scope.ts';
import { listed } from './list-issuances.ts';

/** The most mails of one person that are looked through. */
const mostMails = 500;

/**
 * An award that the asker may see.
 *
 * @throws {NotFoundError} when there is none, or they may not: which of the two is not said.
 */
export async function visibleIssuance(scope: AskedScope, id: string) {
  const [issuance] = await issuancesOf(scope, await listed(scope, { ids: [id] }, 1));
  if (issuance === undefined)
    throw new errors.NotFoundError('There is no such award, or you may not see it.');
  return issuance;
}

/** Everything about one award. */
export async function issuanceDetail(scope: AskedScope, id: string): Promise<IssuanceDetail> {
  const issuance = await visibleIssuance(scope, id);
  const { strapi, issuer, connection } = scope;
  const { read } = connection.store;
  const status = await connection.addFlow.statusOf(id);
  const award = await read.award(issuer, id);
  if (status === undefined || award === undefined) throw new errors.NotFoundError();
  const recipient = await read.recipient(issuer, award.recipientId);
  const mutes = recipient === undefined ? [] : await read.mutesOf(issuer, recipient.emailHash);
  const muted = mutes.find(({ mutes: what }) => what === 'all');
  const mails = await read.mailsOfRecipient(issuer, award.recipientId, mostMails);
  const newest = (await read.awardVersions(issuer, award.keyHash)).at(-1);
  const run = await runOf(scope, id);
  const nameOf = await staffNames(
    strapi,
    status.history.map(({ who }) => who),
  );
  return {
    ...issuance,
    who: nameOf(status.history.find(({ what }) => what === 'created')?.who ?? 'system'),
    ...(run === undefined ? {} : { run }),
    ...(status.heldUntil === undefined ? {} : { heldUntil: status.heldUntil }),
    ...(status.sourceVersion === undefined ? {} : { sourceVersion: status.sourceVersion }),
    history: status.history.map(({ at, who, what, why }) => ({ at, who: nameOf(who), what, why })),
    submissions: (await read.submissions(issuer, id)).map(({ attempt, submittedAt, outcome }) => ({
      attempt,
      submittedAt,
      outcome,
    })),
    mails: mails
      .filter(({ awardIds }) => awardIds.includes(id))
      .map(({ id: mailId, kind, state, createdAt, sentAt }) => ({
        id: mailId,
        kind,
        state,
        createdAt,
        sentAt,
      })),
    ...(muted === undefined ? {} : { muted: muted.reason }),
    ...(newest === undefined || newest.id === id ? {} : { newer: newest.id }),
  };
}

/** The run of an award that came from an entry; the entry notes that of its newest award only. */
async function runOf({ knex, issuer }: AskedScope, id: string): Promise<string | undefined> {
  const [row] = (await knex('seek_pass_entry_awards')
    .select('run_id')
    .where({ issuer, award_id: id })
    .whereNotNull('run_id')
    .limit(1)) as ReadonlyArray<{ readonly run_id: unknown }>;
  return row === undefined ? undefined : (fromDatabase('key', row.run_id) as string);
}
