import { pageOf, startOfPage } from '../store/award-page.ts';
import type { StoreReads } from '../store/ports.ts';
import type {
  AwardRow,
  HistoryRow,
  IssuerRow,
  MailRow,
  MuteRow,
  RecipientRow,
  StopRow,
  SubmissionRow,
} from '../store/rows.ts';
import { binaryArray } from './binary-array.ts';
import { type LookUp, lookUp, type LookUpGathering } from './look-up.ts';
import { auditReads } from './postgres-audit.ts';
import { documentReads } from './postgres-documents.ts';
import { erasureReads } from './postgres-erasures.ts';
import { inboxReads } from './postgres-inbox.ts';
import { countStates, reportReads } from './postgres-reports.ts';
import { verificationReads } from './postgres-verifications.ts';
import { watchReads } from './postgres-watching.ts';
import type { Run } from './sql.ts';
import {
  awards,
  claimSessions,
  history,
  issuers,
  mails,
  mutes,
  recipients,
  selectList,
  stopRecord,
  submissions,
} from './table.ts';

/** How the stop of a whole issuer is stored, where others have their credential type. */
export const wholeIssuer = '*';

/** Look-ups by SQL: on the connection of a transaction, or on any of the pool. Some of several callers go together. */
export function postgresReads(run: Run, schema: string, gathering: LookUpGathering): StoreReads {
  const select = {
    issuer: `SELECT ${selectList(issuers)} FROM ${schema}.issuers`,
    award: `SELECT ${selectList(awards)} FROM ${schema}.awards`,
    recipient: `SELECT ${selectList(recipients)} FROM ${schema}.recipients`,
    submission: `SELECT ${selectList(submissions)} FROM ${schema}.submissions`,
    history: `SELECT ${selectList(history)} FROM ${schema}.history`,
    mail: `SELECT ${selectList(mails)} FROM ${schema}.mails`,
    mute: `SELECT ${selectList(mutes)} FROM ${schema}.mutes`,
  };
  const rows = async <Row>(text: string, values: readonly unknown[]) => (await run<Row>(text, values)).rows;
  const first = async <Row>(text: string, values: readonly unknown[]) =>
    (await run<Row>(text, values)).rows[0];
  const gathered = <Row>(wanted: LookUp<Row>) => lookUp(run, schema, wanted, gathering);
  const award = gathered({ table: awards, by: ['issuer', 'id'] });
  const recipient = gathered({ table: recipients, by: ['issuer', 'id'] });
  const submissionsOf = gathered({
    table: submissions,
    by: ['issuer', 'awardId'],
    order: 'ORDER BY attempt',
  });
  const session = gathered({ table: claimSessions, by: ['issuer', 'idHash'] });
  return {
    ...auditReads(run, schema),
    ...documentReads(run, schema),
    ...erasureReads(run, schema),
    ...inboxReads(run, schema, gathering),
    ...reportReads(run, schema),
    ...verificationReads(run, schema),
    ...watchReads(run, schema),
    issuer: (issuer) => first<IssuerRow>(`${select.issuer} WHERE issuer = $1`, [issuer]),
    award: async (issuer, awardId) => (await award(issuer, awardId))[0],
    // One look-up for each hash: asked for all at once, a server without fresh statistics reads all awards of the issuer.
    awardsByKey: (issuer, keyHashes) =>
      rows<AwardRow>(
        `SELECT found.* FROM (SELECT DISTINCT unnest($2::bytea[]) AS hash) AS wanted CROSS JOIN LATERAL
          (${select.award} WHERE issuer = $1 AND key_hash = wanted.hash ORDER BY version DESC LIMIT 1) AS found`,
        [issuer, binaryArray('bytea', keyHashes)],
      ),
    awardVersions: (issuer, keyHash) =>
      rows<AwardRow>(`${select.award} WHERE issuer = $1 AND key_hash = $2 ORDER BY version`, [
        issuer,
        keyHash,
      ]),
    awardsOfRecipient: (issuer, recipientId) =>
      rows<AwardRow>(`${select.award} WHERE issuer = $1 AND recipient_id = $2 ORDER BY created_at, id`, [
        issuer,
        recipientId,
      ]),
    awardsOfSubject: (issuer, subjectHash, limit) =>
      rows<AwardRow>(
        `SELECT found.* FROM (SELECT id FROM ${schema}.recipients WHERE issuer = $1 AND subject_hash = $2) AS person
          CROSS JOIN LATERAL (${select.award} WHERE issuer = $1 AND recipient_id = person.id AND NOT EXISTS
            (SELECT FROM ${schema}.awards newer WHERE newer.issuer = $1 AND newer.key_hash = awards.key_hash
              AND newer.version > awards.version)) AS found
          ORDER BY found."createdAt" DESC, found.id DESC LIMIT $3`,
        [issuer, subjectHash, limit],
      ),
    async listAwards(query) {
      const start = startOfPage(query);
      const found = await rows<AwardRow>(
        `${select.award} WHERE issuer = $1 AND (created_at, id) > ($2, $3)
          ${query.state === undefined ? '' : 'AND state = $5'} ORDER BY created_at, id LIMIT $4`,
        [
          query.issuer,
          start?.createdAt ?? 0,
          start?.id ?? '',
          query.limit + 1,
          ...(query.state === undefined ? [] : [query.state]),
        ],
      );
      return pageOf(found, query.limit);
    },
    countByState: (issuer) => countStates(run, schema, issuer, 'state_'),
    recipient: async (issuer, recipientId) => (await recipient(issuer, recipientId))[0],
    recipientsByEmail: (issuer, emailHashes) =>
      rows<RecipientRow>(
        `SELECT found.* FROM (SELECT DISTINCT unnest($2::bytea[]) AS hash) AS wanted CROSS JOIN LATERAL
          (${select.recipient} WHERE issuer = $1 AND email_hash = wanted.hash ORDER BY created_at, id) AS found`,
        [issuer, binaryArray('bytea', emailHashes)],
      ),
    recipientsUnderOtherKeys: (issuer, keyId, after, limit) =>
      rows<RecipientRow>(
        `${select.recipient} WHERE issuer = $1 AND id > $2 AND key_id <> $3 AND wrapped_key IS NOT NULL
          ORDER BY id LIMIT $4`,
        [issuer, after, keyId, limit],
      ),
    async countByKey(issuer) {
      const counts = await rows<{ key: string; count: number }>(
        `SELECT key_id AS key, count(*)::float8 AS count FROM ${schema}.recipients
          WHERE issuer = $1 AND wrapped_key IS NOT NULL GROUP BY key_id`,
        [issuer],
      );
      return Object.fromEntries(counts.map(({ key, count }) => [key, count]));
    },
    submissions: (issuer, awardId) => submissionsOf(issuer, awardId),
    submissionsDue: (issuer, now, limit) =>
      rows<SubmissionRow>(
        `${select.submission} WHERE issuer = $1 AND next_poll_at <= $2 ORDER BY next_poll_at LIMIT $3`,
        [issuer, now, limit],
      ),
    history: (issuer, awardId) =>
      rows<HistoryRow>(`${select.history} WHERE issuer = $1 AND award_id = $2 ORDER BY position`, [
        issuer,
        awardId,
      ]),
    mail: (issuer, mailId) =>
      first<MailRow>(`${select.mail} WHERE issuer = $1 AND id = $2`, [issuer, mailId]),
    mails: (issuer, state, limit, after) =>
      rows<MailRow>(
        `${select.mail} WHERE issuer = $1 AND state = $2 AND (created_at, id) > ($3, $4) ORDER BY created_at, id LIMIT $5`,
        [issuer, state, after?.createdAt ?? 0, after?.id ?? '', limit],
      ),
    mailsOfRecipient: (issuer, recipientId, limit) =>
      rows<MailRow>(
        `${select.mail} WHERE issuer = $1 AND recipient_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3`,
        [issuer, recipientId, limit],
      ),
    mailByMessageId: (issuer, messageId) =>
      first<MailRow>(`${select.mail} WHERE issuer = $1 AND message_id = $2`, [issuer, messageId]),
    countMailsByState: (issuer) => countStates(run, schema, issuer, 'mail_'),
    mutesOf: (issuer, emailHash) =>
      rows<MuteRow>(`${select.mute} WHERE issuer = $1 AND email_hash = $2`, [issuer, emailHash]),
    mutes: (issuer, kind, limit, after) =>
      rows<MuteRow>(
        `${select.mute} WHERE issuer = $1 AND mutes = $2 AND email_hash > $3 ORDER BY email_hash LIMIT $4`,
        [issuer, kind, after ?? new Uint8Array(), limit],
      ),
    claimSession: async (issuer, idHash) => (await session(issuer, idHash))[0],
    async isStopped(issuer, credentialType) {
      const stops = await rows(
        `SELECT FROM ${schema}.stops WHERE issuer = $1 AND credential_type IN ($2, $3)`,
        [issuer, wholeIssuer, credentialType ?? wholeIssuer],
      );
      return stops.length > 0;
    },
    stops: (issuer, limit) =>
      rows<StopRow>(
        `SELECT ${selectList(stopRecord)} FROM ${schema}.stop_record WHERE issuer = $1 ORDER BY position DESC LIMIT $2`,
        [issuer, limit],
      ),
  };
}
