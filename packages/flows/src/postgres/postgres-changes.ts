import { standingOf } from '../awards/award-facts.ts';
import type { StoreConflict, StoreReads, StoreTransaction } from '../store/ports.ts';
import type { AwardRow, ClaimCodeRow, SubmissionRow } from '../store/rows.ts';
import { postgresReads, wholeIssuer } from './postgres-reads.ts';
import { settleJob } from './postgres-jobs.ts';
import type { Run } from './sql.ts';
import {
  awards,
  claimCodes,
  claimSessions,
  columnArrays,
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
  const reads: StoreReads = postgresReads(run, schema);
  return {
    ...reads,
    async lockAward(issuer, awardId) {
      const lock = `SELECT ${selectList(awards)} FROM ${schema}.awards WHERE issuer = $1 AND id = $2 FOR NO KEY UPDATE`;
      return (await run<AwardRow>(lock, [issuer, awardId])).rows[0];
    },
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
    updateAward: (row) =>
      change(
        `UPDATE ${schema}.awards SET recipient_id = $4, generation = $5, facts = $6, state = $7, sealed_credential = $8,
          payload_hash = $9, revision = revision + 1 WHERE issuer = $1 AND id = $2 AND revision = $3`,
        [
          row.issuer,
          row.id,
          row.revision,
          row.recipientId,
          row.generation,
          JSON.stringify(row.facts),
          standingOf(row.facts).state,
          row.sealedCredential,
          row.payloadHash,
        ],
      ),
    insertSubmission: (row) => insert(submissions, [row]),
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
        `UPDATE ${schema}.submissions SET acknowledged = $3, outcome = $4, last_asked_at = $5, next_poll_at = $6
          WHERE issuer = $1 AND id = $2`,
        [row.issuer, row.id, row.acknowledged, row.outcome, row.lastAskedAt, row.nextPollAt],
      ),
    appendHistory: (rows) => insert(history, rows),
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
    async isStopped(issuer, credentialType) {
      const { rows } = await run<{ stopped: boolean }>(`SELECT ${schema}.is_stopped($1, $2) AS stopped`, [
        issuer,
        credentialType ?? wholeIssuer,
      ]);
      return rows[0]?.stopped === true;
    },
    async setStopped(row) {
      await run(`SELECT pg_advisory_xact_lock(${schema}.lock_of_stops($1))`, [row.issuer]);
      const stop = [row.issuer, row.credentialType ?? wholeIssuer];
      if (row.stopped) await run(`INSERT INTO ${schema}.stops VALUES ($1, $2) ON CONFLICT DO NOTHING`, stop);
      else await run(`DELETE FROM ${schema}.stops WHERE issuer = $1 AND credential_type = $2`, stop);
      await insert(stopRecord, [row]);
    },
    // In one order for all, so that two transactions that enqueue the same jobs wait for each other and never both.
    enqueue: (rows) =>
      insert(
        jobs,
        rows.map((row) => ({ ...row, dueAt: row.runAt })).sort((a, b) => (a.id < b.id ? -1 : 1)),
        'ON CONFLICT (issuer, id) DO NOTHING',
      ),
    settle: (job, settlement) => settleJob(run, schema, job, settlement),
  };
}
