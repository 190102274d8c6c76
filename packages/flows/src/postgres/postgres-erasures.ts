import { standingOf } from '../awards/award-facts.ts';
import type {
  ErasureChanges,
  ErasureReads,
  ErasureRow,
  HoldRow,
  RetentionCutoffs,
  SuppressionRow,
} from '../store/erasures.ts';
import type { StoreConflict } from '../store/ports.ts';
import type { RecipientRow } from '../store/rows.ts';
import { binaryArray } from './binary-array.ts';
import type { Run } from './sql.ts';
import { columnArrays, insertStatement, recipients, selectList, table } from './table.ts';

const erasures = table<ErasureRow>('erasures', {
  issuer: 'text',
  id: 'text',
  at: 'bigint',
  who: 'text',
  part: 'text',
  reason: 'text',
  legalBasis: 'text',
  keyIds: 'jsonb',
  keysDroppedAt: 'bigint',
  recipients: 'integer',
  awards: 'integer',
});

const suppressions = table<SuppressionRow>('suppressions', {
  issuer: 'text',
  hash: 'bytea',
  erasureId: 'text',
  at: 'bigint',
});

const holds = table<HoldRow>('holds', {
  issuer: 'text',
  hash: 'bytea',
  reason: 'text',
  at: 'bigint',
  who: 'text',
});

/** Before every time there is. */
const never = -1;

/** Look-ups of erasure, holds, suppression and retention. */
export function erasureReads(run: Run, schema: string): ErasureReads {
  const rows = async <Row>(text: string, values: readonly unknown[]) => (await run<Row>(text, values)).rows;
  const erasure = `SELECT ${selectList(erasures)} FROM ${schema}.erasures`;
  return {
    recipientsBySubject: (issuer, subjectHash) =>
      rows<RecipientRow>(
        `SELECT ${selectList(recipients)} FROM ${schema}.recipients WHERE issuer = $1 AND subject_hash = $2
          ORDER BY created_at, id`,
        [issuer, subjectHash],
      ),
    suppressions: (issuer, hashes) => suppressionsAmong(run, schema, issuer, hashes),
    holds: (issuer, hashes) =>
      rows<HoldRow>(
        `SELECT ${selectList(holds)} FROM ${schema}.holds WHERE issuer = $1 AND hash = ANY ($2::bytea[])`,
        [issuer, binaryArray('bytea', hashes)],
      ),
    allHolds: (issuer, limit) =>
      rows<HoldRow>(
        `SELECT ${selectList(holds)} FROM ${schema}.holds WHERE issuer = $1 ORDER BY at, hash LIMIT $2`,
        [issuer, limit],
      ),
    erasure: async (issuer, id) =>
      (await rows<ErasureRow>(`${erasure} WHERE issuer = $1 AND id = $2`, [issuer, id]))[0],
    erasures: (issuer, limit) =>
      rows<ErasureRow>(`${erasure} WHERE issuer = $1 ORDER BY at DESC, id DESC LIMIT $2`, [issuer, limit]),
    erasuresWithKeys: (issuer, limit) =>
      rows<ErasureRow>(`${erasure} WHERE issuer = $1 AND keys_dropped_at IS NULL ORDER BY at, id LIMIT $2`, [
        issuer,
        limit,
      ]),
    async isKeyRetired(issuer, keyId) {
      const found = await rows(`SELECT FROM ${schema}.retired_keys WHERE issuer = $1 AND key_id = $2`, [
        issuer,
        keyId,
      ]);
      return found.length > 0;
    },
    recipientsPastRetention: (issuer, cutoffs, after, limit) =>
      pastRetention(run, schema, { issuer, cutoffs, after, limit }),
  };
}

async function suppressionsAmong(
  run: Run,
  schema: string,
  issuer: string,
  hashes: readonly Uint8Array[],
): Promise<SuppressionRow[]> {
  const { rows } = await run<SuppressionRow>(
    // One look-up for each hash: asked for all at once, a server without fresh statistics reads the whole table.
    `SELECT found.* FROM (SELECT DISTINCT unnest($2::bytea[]) AS hash) AS wanted CROSS JOIN LATERAL
      (SELECT ${selectList(suppressions)} FROM ${schema}.suppressions stored
        WHERE stored.issuer = $1 AND stored.hash = wanted.hash OFFSET 0) AS found`,
    [issuer, binaryArray('bytea', hashes)],
  );
  return rows;
}

interface PageOfRecipients {
  readonly issuer: string;
  readonly cutoffs: RetentionCutoffs;
  readonly after: string;
  readonly limit: number;
}

/** Of each recipient of the page: whether it has an award that keeps it, by the last line of its history. */
async function pastRetention(
  run: Run,
  schema: string,
  { issuer, cutoffs, after, limit }: PageOfRecipients,
): Promise<{ recipients: RecipientRow[]; last?: string }> {
  const { rows } = await run<RecipientRow & { past: boolean }>(
    `SELECT ${selectList(recipients)},
        wrapped_key IS NOT NULL AND created_at <= CASE WHEN length(sealed_person) = 0 THEN $6::bigint ELSE $4 END
          AND NOT has_award
        OR wrapped_key IS NOT NULL AND has_award AND NOT EXISTS (
          SELECT FROM ${schema}.awards award WHERE award.issuer = page.issuer AND award.recipient_id = page.id
            AND coalesce((SELECT line.at FROM ${schema}.history line
                WHERE line.issuer = award.issuer AND line.award_id = award.id ORDER BY line.position DESC LIMIT 1), award.created_at)
              > CASE WHEN length(page.sealed_person) = 0 THEN $6::bigint WHEN award.state = 'submitted' THEN ${never}
                  WHEN award.state = 'ready' THEN $5::bigint ELSE $4 END) AS past
      FROM (SELECT recipient.*, EXISTS (SELECT FROM ${schema}.awards award
            WHERE award.issuer = recipient.issuer AND award.recipient_id = recipient.id) AS has_award
          FROM ${schema}.recipients recipient WHERE issuer = $1 AND id > $2 ORDER BY id LIMIT $3) AS page
      ORDER BY id`,
    [issuer, after, limit, cutoffs.ended ?? never, cutoffs.unclaimed ?? never, cutoffs.records ?? never],
  );
  const last = rows.length < limit ? undefined : rows.at(-1)?.id;
  return {
    recipients: rows.flatMap(({ past, ...row }) => (past ? [row] : [])),
    ...(last === undefined ? {} : { last }),
  };
}

/** Changes of erasure, holds, suppression and retention. */
export function erasureChanges(run: Run, schema: string, conflict: () => StoreConflict): ErasureChanges {
  return {
    async lockErasures(issuer) {
      await run(`SELECT pg_advisory_xact_lock(${schema}.lock_of_erasures($1))`, [issuer]);
    },
    async suppressions(issuer, hashes) {
      // Each statement sees what was stored when it began: the second one begins with the lock.
      const [, found] = await Promise.all([
        run(`SELECT pg_advisory_xact_lock_shared(${schema}.lock_of_erasures($1))`, [issuer]),
        suppressionsAmong(run, schema, issuer, hashes),
      ]);
      return found;
    },
    async keepRecipient(issuer, recipientId) {
      const { rows } = await run<RecipientRow>(
        `SELECT ${selectList(recipients)} FROM ${schema}.recipients WHERE issuer = $1 AND id = $2 FOR KEY SHARE`,
        [issuer, recipientId],
      );
      return rows[0];
    },
    async handAwards(rows) {
      if (rows.length === 0) return;
      const { count } = await run(
        `UPDATE ${schema}.awards stored SET recipient_id = changed.recipient_id, sealed_credential = changed.sealed_credential,
            generation = changed.generation, facts = changed.facts, state = changed.state, revision = stored.revision + 1
          FROM unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::bytea[], $6::integer[], $7::jsonb[], $8::text[])
            AS changed (issuer, id, revision, recipient_id, sealed_credential, generation, facts, state)
          WHERE stored.issuer = changed.issuer AND stored.id = changed.id AND stored.revision = changed.revision`,
        [
          rows.map(({ issuer }) => issuer),
          rows.map(({ id }) => id),
          rows.map(({ revision }) => revision),
          rows.map(({ recipientId }) => recipientId),
          binaryArray(
            'bytea',
            rows.map(({ sealedCredential }) => sealedCredential),
          ),
          rows.map(({ generation }) => generation),
          rows.map(({ facts }) => JSON.stringify(facts)),
          rows.map(({ facts }) => standingOf(facts).state),
        ],
      );
      if (count < rows.length) throw conflict();
    },
    async removeRecipient(issuer, recipientId) {
      const ofRecipient = [issuer, recipientId];
      const remove = async (from: string) =>
        (await run(`DELETE FROM ${schema}.${from} WHERE issuer = $1 AND recipient_id = $2`, ofRecipient))
          .count;
      const [mails, claimSessions] = await Promise.all([remove('mails'), remove('claim_sessions')]);
      await run(`DELETE FROM ${schema}.recipients WHERE issuer = $1 AND id = $2`, ofRecipient);
      return { mails, claimSessions };
    },
    async insertErasure(row) {
      await run(insertStatement(schema, erasures), columnArrays(erasures, [row]));
    },
    async recordKeysDropped(issuer, erasureIds, at) {
      await run(
        `UPDATE ${schema}.erasures SET keys_dropped_at = $3
          WHERE issuer = $1 AND id = ANY ($2::text[]) AND keys_dropped_at IS NULL`,
        [issuer, erasureIds, at],
      );
    },
    async putSuppressions(rows) {
      if (rows.length === 0) return;
      await run(
        `${insertStatement(schema, suppressions)}
          ON CONFLICT (issuer, hash) DO UPDATE SET erasure_id = excluded.erasure_id, at = excluded.at`,
        columnArrays(suppressions, rows),
      );
    },
    async deleteSuppressions(issuer, erasureId) {
      const { count } = await run(
        `DELETE FROM ${schema}.suppressions WHERE issuer = $1 AND erasure_id = $2`,
        [issuer, erasureId],
      );
      return count;
    },
    async putHold(row) {
      await run(
        `${insertStatement(schema, holds)}
          ON CONFLICT (issuer, hash) DO UPDATE SET reason = excluded.reason, at = excluded.at, who = excluded.who`,
        columnArrays(holds, [row]),
      );
    },
    async deleteHold(issuer, hash) {
      const { count } = await run(`DELETE FROM ${schema}.holds WHERE issuer = $1 AND hash = $2`, [
        issuer,
        hash,
      ]);
      return count > 0;
    },
    async retireKeys(issuer, keyIds) {
      await run(
        `INSERT INTO ${schema}.retired_keys (issuer, key_id) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`,
        [issuer, keyIds],
      );
    },
  };
}
