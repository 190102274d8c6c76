import type { StoreConflict } from '../store/ports.ts';
import type { VerificationChanges, VerificationReads, VerificationRow } from '../store/verifications.ts';
import { verificationStandingOf } from '../verify/verification-facts.ts';
import type { Run } from './sql.ts';
import { columnArrays, columnName, insertStatement, selectList, table } from './table.ts';

const verifications = table<VerificationRow>('verifications', {
  issuer: 'text',
  id: 'text',
  requestId: 'text',
  referenceHash: 'bytea',
  subjectHash: 'bytea',
  expects: 'text',
  browserHash: 'bytea',
  facts: 'jsonb',
  wrappedKey: 'bytea',
  keyId: 'text',
  sealedDetails: 'bytea',
  sealedExpected: 'bytea',
  sealedAnswer: 'bytea',
  answerHash: 'bytea',
  createdAt: 'bigint',
  requestedAt: 'bigint',
  giveUpAt: 'bigint',
  lastAskedAt: 'bigint',
  nextPollAt: 'bigint',
  purgeAt: 'bigint',
  revision: 'integer',
});

/** As it is stored: with the state that counts go by. */
interface StoredVerification extends VerificationRow {
  readonly state: string;
}

const storedVerifications = table<StoredVerification>('verifications', {
  ...verifications.columns,
  state: 'text',
});

/** Look-ups of the verify flow. */
export function verificationReads(run: Run, schema: string): VerificationReads {
  const select = `SELECT ${selectList(verifications)} FROM ${schema}.verifications`;
  const rows = async (where: string, values: readonly unknown[]) =>
    (await run<VerificationRow>(`${select} WHERE issuer = $1 AND ${where}`, values)).rows;
  return {
    verification: async (issuer, id) => (await rows('id = $2', [issuer, id]))[0],
    verificationByRequest: async (issuer, requestId) =>
      (await rows('request_id = $2', [issuer, requestId]))[0],
    verificationsByReference: (issuer, referenceHash, limit) =>
      rows('reference_hash = $2 ORDER BY created_at DESC, id DESC LIMIT $3', [issuer, referenceHash, limit]),
    verificationsOfSubject: (issuer, subjectHash, limit) =>
      rows('subject_hash = $2 LIMIT $3', [issuer, subjectHash, limit]),
    async countVerificationsByState(issuer) {
      const counts = await run<{ state: string; count: number }>(
        `SELECT state, count(*)::float8 AS count FROM ${schema}.verifications WHERE issuer = $1 GROUP BY state`,
        [issuer],
      );
      return Object.fromEntries(counts.rows.map(({ state, count }) => [state, count]));
    },
    async oldestOpenVerification(issuer) {
      const oldest = await run<{ at: number | null }>(
        `SELECT min(created_at)::float8 AS at FROM ${schema}.verifications WHERE issuer = $1 AND state = 'open'`,
        [issuer],
      );
      return oldest.rows[0]?.at ?? null;
    },
    verificationsToPurge: (issuer, now, limit) =>
      rows('purge_at <= $2 ORDER BY purge_at LIMIT $3', [issuer, now, limit]),
    verificationsUnderOtherKeys: (issuer, keyId, after, limit) =>
      rows('id > $2 AND key_id <> $3 AND wrapped_key IS NOT NULL ORDER BY id LIMIT $4', [
        issuer,
        after,
        keyId,
        limit,
      ]),
    async countVerificationsByKey(issuer) {
      const counts = await run<{ key: string; count: number }>(
        `SELECT key_id AS key, count(*)::float8 AS count FROM ${schema}.verifications
          WHERE issuer = $1 AND wrapped_key IS NOT NULL GROUP BY key_id`,
        [issuer],
      );
      return Object.fromEntries(counts.rows.map(({ key, count }) => [key, count]));
    },
    async verifyBinding(issuer) {
      const bound = await run<{ fingerprint: string }>(
        `SELECT fingerprint FROM ${schema}.verify_bindings WHERE issuer = $1`,
        [issuer],
      );
      return bound.rows[0]?.fingerprint;
    },
  };
}

/** What an update writes: all but what names the row and what was asked. */
const changing = [
  'referenceHash',
  'subjectHash',
  'browserHash',
  'facts',
  'wrappedKey',
  'keyId',
  'sealedDetails',
  'sealedExpected',
  'sealedAnswer',
  'answerHash',
  'requestedAt',
  'giveUpAt',
  'lastAskedAt',
  'nextPollAt',
  'purgeAt',
] as const satisfies ReadonlyArray<keyof VerificationRow>;

const assignments = changing.map((member, at) => `${columnName(member)} = $${at + 5}`).join(', ');

/** Changes of the verify flow. `conflict` makes the error of a change that found no row to change. */
export function verificationChanges(
  run: Run,
  schema: string,
  conflict: () => StoreConflict,
): VerificationChanges {
  const select = `SELECT ${selectList(verifications)} FROM ${schema}.verifications`;
  return {
    async insertVerification(row) {
      const stored = { ...row, state: verificationStandingOf(row.facts).state };
      await run(insertStatement(schema, storedVerifications), columnArrays(storedVerifications, [stored]));
    },
    async lockVerification(issuer, id) {
      const { rows } = await run<VerificationRow>(
        `${select} WHERE issuer = $1 AND id = $2 FOR NO KEY UPDATE`,
        [issuer, id],
      );
      return rows[0];
    },
    async updateVerification(row) {
      const { count } = await run(
        `UPDATE ${schema}.verifications SET state = $4, revision = revision + 1, ${assignments}
          WHERE issuer = $1 AND id = $2 AND revision = $3`,
        [
          row.issuer,
          row.id,
          row.revision,
          verificationStandingOf(row.facts).state,
          ...changing.map((member) => (member === 'facts' ? JSON.stringify(row.facts) : row[member])),
        ],
      );
      if (count === 0) throw conflict();
    },
    async takeVerificationsDue(issuer, now, until, limit) {
      const { rows } = await run<VerificationRow>(
        `WITH due AS MATERIALIZED (
            SELECT id AS due_id FROM ${schema}.verifications WHERE issuer = $1 AND next_poll_at <= $2
            ORDER BY next_poll_at LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED)
          UPDATE ${schema}.verifications SET next_poll_at = $3, revision = revision + 1
          FROM due WHERE issuer = $1 AND id = due_id RETURNING ${selectList(verifications)}`,
        [issuer, now, until, limit],
      );
      return rows;
    },
    async hurryVerifications(issuer, at) {
      await run(
        `UPDATE ${schema}.verifications SET next_poll_at = $2, revision = revision + 1
          WHERE issuer = $1 AND next_poll_at > $2 AND requested_at IS NOT NULL`,
        [issuer, at],
      );
    },
    async bindVerifyFlow(issuer, fingerprint) {
      await run(`INSERT INTO ${schema}.verify_bindings (issuer, fingerprint) VALUES ($1, $2)`, [
        issuer,
        fingerprint,
      ]);
    },
  };
}
