import { standingOf } from '../awards/award-facts.ts';
import type { StoreConflict, StoreTransaction } from '../store/ports.ts';
import type { AwardRow, ClaimCodeRow, SubmissionRow } from '../store/rows.ts';
import { gather } from '../store/gather.ts';
import { lookUp } from './look-up.ts';
import { postgresReads, wholeIssuer } from './postgres-reads.ts';
import { auditChanges } from './postgres-audit.ts';
import { documentChanges } from './postgres-documents.ts';
import { erasureChanges } from './postgres-erasures.ts';
import { inboxChanges } from './postgres-inbox.ts';
import { reportChanges } from './postgres-reports.ts';
import { verificationChanges } from './postgres-verifications.ts';
import { settleJob } from './postgres-jobs.ts';
import type { Run } from './sql.ts';
import {
  awards,
  claimCodes,
  claimSessions,
  columnArrays,
  type EnqueuedJob,
  history,
  insertStatement,
  issuers,
  jobs,
  mails,
  mutes,
  recipients,
  selectList,
  stopRecord,
  storedAwards,
  submissions,
  type Table,
} from './table.ts';

/** The changes of one open transaction. `conflict` makes the error of a change that found no row to change. */
export function postgresChanges(run: Run, schema: string, conflict: () => StoreConflict): StoreTransaction {
  const insert = async <Row>(into: Table<Row>, rows: readonly Row[], onConflict = '') => {
    if (rows.length > 0)
      await run(`${insertStatement(schema, into)} ${onConflict}`, columnArrays(into, rows));
  };
  const change = async (text: string, values: readonly unknown[]) => {
    const { count } = await run(text, values);
    if (count === 0) throw conflict();
  };
  /** One statement for the rows of all who insert at the same time. */
  const inserting = <Row>(into: Table<Row>) =>
    gather<readonly Row[], undefined>({
      async together(all) {
        await insert(into, all.flat());
        return [];
      },
    });
  const lockAward = lookUp(
    run,
    schema,
    { table: awards, by: ['issuer', 'id'], lock: 'FOR NO KEY UPDATE' },
    {},
  );
  const updateAward = gather<AwardRow, undefined>({
    async together(rows) {
      const { count } = await run(
        `UPDATE ${schema}.awards stored SET generation = changed.generation, facts = changed.facts, state = changed.state,
            revision = stored.revision + 1
          FROM unnest($1::text[], $2::text[], $3::integer[], $4::integer[], $5::jsonb[], $6::text[])
            AS changed (issuer, id, revision, generation, facts, state)
          WHERE stored.issuer = changed.issuer AND stored.id = changed.id AND stored.revision = changed.revision`,
        [
          rows.map(({ issuer }) => issuer),
          rows.map(({ id }) => id),
          rows.map(({ revision }) => revision),
          rows.map(({ generation }) => generation),
          rows.map(({ facts }) => JSON.stringify(facts)),
          rows.map(({ facts }) => standingOf(facts).state),
        ],
      );
      if (count < rows.length) throw conflict();
      return [];
    },
  });
  const acknowledge = gather<readonly [issuer: string, id: string], undefined>({
    async together(taken) {
      await run(
        `UPDATE ${schema}.submissions stored SET acknowledged = true FROM unnest($1::text[], $2::text[]) AS taken (issuer, id)
          WHERE stored.issuer = taken.issuer AND stored.id = taken.id`,
        [taken.map(([issuer]) => issuer), taken.map(([, id]) => id)],
      );
      return [];
    },
  });
  const isStopped = gather<readonly [issuer: string, credentialType: string], boolean>({
    async together(asked) {
      const { rows } = await run<{ issuer: string; type: string; stopped: boolean }>(
        `SELECT issuer, type, ${schema}.is_stopped(issuer, type) AS stopped
          FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS asked (issuer, type)) AS asked`,
        [asked.map(([issuer]) => issuer), asked.map(([, type]) => type)],
      );
      return asked.map(([issuer, type]) =>
        rows.some((row) => row.stopped && row.issuer === issuer && row.type === type),
      );
    },
  });
  const insertSubmissions = inserting(submissions);
  // In one order for all, so that two transactions that enqueue the same jobs wait for each other and never both.
  const enqueue = gather<readonly EnqueuedJob[], undefined>({
    async together(all) {
      const rows = all.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
      await insert(jobs, rows, 'ON CONFLICT (issuer, id) DO NOTHING');
      return [];
    },
  });
  return {
    ...postgresReads(run, schema, {}),
    ...auditChanges(run, schema),
    ...documentChanges(run, schema),
    ...erasureChanges(run, schema, conflict),
    ...inboxChanges(run, schema, conflict),
    ...reportChanges(run, schema),
    ...verificationChanges(run, schema, conflict),
    lockAward: async (issuer, awardId) => (await lockAward(issuer, awardId))[0],
    putIssuer: (row, former) =>
      former === undefined
        ? insert(issuers, [row])
        : change(
            `UPDATE ${schema}.issuers SET client_id = $2, namespace_fingerprint = $3, claim_key_fingerprint = $4
              WHERE issuer = $1 AND (client_id, namespace_fingerprint, claim_key_fingerprint) = ($5, $6, $7)`,
            [
              row.issuer,
              row.clientId,
              row.namespaceFingerprint,
              row.claimKeyFingerprint,
              former.clientId,
              former.namespaceFingerprint,
              former.claimKeyFingerprint,
            ],
          ),
    insertRecipients: (rows) => insert(recipients, rows),
    updateRecipient: (row, former) =>
      change(
        `UPDATE ${schema}.recipients SET email_hash = $3, subject_hash = $4, wrapped_key = $5, key_id = $6, sealed_person = $7
          WHERE issuer = $1 AND id = $2 AND sealed_person = $8 AND wrapped_key IS NOT DISTINCT FROM $9`,
        [
          row.issuer,
          row.id,
          row.emailHash,
          row.subjectHash,
          row.wrappedKey,
          row.keyId,
          row.sealedPerson,
          former.sealedPerson,
          former.wrappedKey,
        ],
      ),
    insertAwards: (rows) =>
      insert(
        storedAwards,
        rows.map((row) => ({ ...row, state: standingOf(row.facts).state })),
      ),
    updateAward,
    insertSubmission: (row) => insertSubmissions([row]),
    acknowledgeSubmission: (issuer, id) => acknowledge([issuer, id]),
    async postponeSubmissions(issuer, rows) {
      if (rows.length === 0) return;
      await run(
        `UPDATE ${schema}.submissions stored SET last_asked_at = asked.last_asked_at, next_poll_at = asked.next_poll_at
          FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS asked (id, last_asked_at, next_poll_at)
          WHERE stored.issuer = $1 AND stored.id = asked.id AND stored.outcome = 'open'`,
        [
          issuer,
          rows.map(({ id }) => id),
          rows.map(({ lastAskedAt }) => lastAskedAt),
          rows.map(({ nextPollAt }) => nextPollAt),
        ],
      );
    },
    async takeSubmissionsDue(issuer, now, until, limit) {
      const { rows } = await run<SubmissionRow>(
        `WITH due AS MATERIALIZED (
            SELECT * FROM ${schema}.submissions WHERE issuer = $1 AND next_poll_at <= $2
            ORDER BY next_poll_at LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED),
          taken AS (
            UPDATE ${schema}.submissions stored SET next_poll_at = $3 FROM due
            WHERE stored.issuer = due.issuer AND stored.id = due.id)
          SELECT ${selectList(submissions)} FROM due ORDER BY next_poll_at`,
        [issuer, now, until, limit],
      );
      return rows;
    },
    updateSubmission: (row) =>
      change(
        `UPDATE ${schema}.submissions SET acknowledged = acknowledged OR $3, outcome = $4, last_asked_at = $5, next_poll_at = $6
          WHERE issuer = $1 AND id = $2`,
        [row.issuer, row.id, row.acknowledged, row.outcome, row.lastAskedAt, row.nextPollAt],
      ),
    appendHistory: inserting(history),
    insertMails: (rows) => insert(mails, rows),
    updateMail: (row, from) =>
      change(
        `UPDATE ${schema}.mails SET state = $3, sent_at = $4 WHERE issuer = $1 AND id = $2 AND state = $5`,
        [row.issuer, row.id, row.state, row.sentAt, from],
      ),
    putMute: (row) =>
      insert(
        mutes,
        [row],
        `ON CONFLICT (issuer, email_hash, mutes) DO UPDATE SET reason = excluded.reason, at = excluded.at, who = excluded.who`,
      ),
    async deleteMute(issuer, emailHash, kind) {
      await run(`DELETE FROM ${schema}.mutes WHERE issuer = $1 AND email_hash = $2 AND mutes = $3`, [
        issuer,
        emailHash,
        kind,
      ]);
    },
    putClaimSession: (row) =>
      insert(
        claimSessions,
        [row],
        `ON CONFLICT (issuer, id_hash) DO UPDATE SET award_id = excluded.award_id, recipient_id = excluded.recipient_id,
          generation = excluded.generation, proved_at = excluded.proved_at, proved_by = excluded.proved_by,
          expires_at = excluded.expires_at`,
      ),
    async deleteClaimSession(issuer, idHash) {
      await run(`DELETE FROM ${schema}.claim_sessions WHERE issuer = $1 AND id_hash = $2`, [issuer, idHash]);
    },
    putClaimCode: (row) =>
      insert(
        claimCodes,
        [row],
        `ON CONFLICT (issuer, award_id) DO UPDATE SET session_hash = excluded.session_hash, email_hash = excluded.email_hash,
          code_hash = excluded.code_hash, tries = excluded.tries, expires_at = excluded.expires_at`,
      ),
    async tryClaimCode(issuer, awardId, sessionHash, maxTries, now) {
      const { rows } = await run<ClaimCodeRow>(
        `UPDATE ${schema}.claim_codes SET tries = tries + 1 WHERE issuer = $1 AND award_id = $2 AND session_hash = $3
          AND tries < $4 AND expires_at > $5 RETURNING ${selectList(claimCodes)}`,
        [issuer, awardId, sessionHash, maxTries, now],
      );
      const counted = rows[0];
      return counted === undefined ? undefined : { ...counted, tries: counted.tries - 1 };
    },
    async deleteClaimCode(issuer, awardId) {
      await run(`DELETE FROM ${schema}.claim_codes WHERE issuer = $1 AND award_id = $2`, [issuer, awardId]);
    },
    isStopped: (issuer, credentialType) => isStopped([issuer, credentialType ?? wholeIssuer]),
    async setStopped(row) {
      await run(`SELECT pg_advisory_xact_lock(${schema}.lock_of_stops($1))`, [row.issuer]);
      const stop = [row.issuer, row.credentialType ?? wholeIssuer];
      if (row.stopped) await run(`INSERT INTO ${schema}.stops VALUES ($1, $2) ON CONFLICT DO NOTHING`, stop);
      else await run(`DELETE FROM ${schema}.stops WHERE issuer = $1 AND credential_type = $2`, stop);
      await insert(stopRecord, [row]);
    },
    enqueue: (rows) => enqueue(rows.map((row) => ({ ...row, dueAt: row.runAt }))),
    settle: (job, settlement) => settleJob(run, schema, job, settlement),
  };
}
