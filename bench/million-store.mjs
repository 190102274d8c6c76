/**
 * A PostgreSQL with any number of awards as two years leave them behind. A sample of them goes the way of every award, so that their
 * keys, links, mails and sealed data are real; the others are copies of the sample in the database, of the same sizes, spread over
 * people, courses, days and ends. Then the statistics of the server are made, as its autovacuum would have by then.
 */

/** Awards that are real. */
export const sampleSize = 3_000;

const courses = 300;
const days = 730;

/** An award of the sample. */
export const sampleKey = (n) => `sample/${n}`;

/** The address of its learner. */
export const sampleEmail = (n) => `learner${n}@example.edu`;

function* sample() {
  for (let n = 0; n < sampleSize; n += 1) {
    const fullName = `Nguyễn Thị Lan ${n}`;
    yield {
      key: sampleKey(n),
      recipient: { fullName, email: sampleEmail(n), subject: `sis:${n}`, locale: 'vi' },
      credential: {
        credential_type: 'microcredential',
        fields: {
          full_name: fullName,
          issuer_name: 'Example University',
          microcredential_name: `Underwater Welding, Part ${(n % courses) + 1}`,
          issue_date: '2026-02-20',
          assessment_result: '87%',
        },
      },
    };
  }
}

/** Fills the store of a flow up to `total` awards. `pool` reaches the same database, `schema` is where its tables are. */
export async function fill({ flow, pool, schema, total }) {
  for await (const { result, problems } of flow.awardMany(sample(), { runId: 'sample', who: 'system' })) {
    if (result !== 'created')
      throw new Error(`An award of the sample was ${result}: ${JSON.stringify(problems)}`);
  }
  await flow.runDue({ budgetMs: 120_000 });
  const client = await pool.connect();
  try {
    await client.query(`SET search_path = ${schema}`);
    await client.query(`SET session_replication_role = replica`);
    for (let from = 0; from < total - sampleSize; from += 50_000) {
      const to = Math.min(from + 50_000, total - sampleSize);
      for (const statement of copies) await client.query(statement, [from, to]);
    }
    await client.query(`SET session_replication_role = origin`);
    await client.query('RESET search_path');
    for (const table of ['recipients', 'awards', 'submissions', 'history', 'mails']) {
      await client.query(`VACUUM (ANALYZE) ${schema}.${table}`);
    }
  } finally {
    client.release();
  }
  await flow.recountReports('Asia/Jakarta');
  await pool.query(`VACUUM (ANALYZE) ${schema}.report_counts`);
}

/**
 * What copy `n` is: of which award of the sample, when it was issued, and how it ended. Of 100: 72 added, 4 declined, 3 closed, 1
 * rejected, 2 withdrawn, 4 expired and 14 never started.
 */
const plan = `
  SELECT n, sampled.*, 'copy' || n AS copy,
    (extract(epoch FROM now()) * 1000)::bigint - (random() * ${days})::bigint * 86400000 - (random() * 36000000)::bigint AS at,
    CASE WHEN n % 100 < 72 THEN 'added' WHEN n % 100 < 76 THEN 'declined' WHEN n % 100 < 79 THEN 'closed'
      WHEN n % 100 < 80 THEN 'rejected' WHEN n % 100 < 82 THEN 'withdrawn' WHEN n % 100 < 86 THEN 'expired' ELSE 'ready' END AS ended
  FROM generate_series($1::bigint, $2::bigint - 1) AS n
  JOIN (SELECT a.*, row_number() OVER () - 1 AS number FROM awards a WHERE a.id NOT LIKE 'copy%' LIMIT ${sampleSize}) AS sampled
    ON sampled.number = (n * 7919) % ${sampleSize}`;

const outcome = `CASE ended WHEN 'added' THEN 'verified' WHEN 'rejected' THEN 'refused' ELSE ended END`;
const isSubmitted = `ended NOT IN ('ready', 'withdrawn')`;
/** Learners come soon or late. */
const startedAt = `created_at + (power((('x' || substr(md5(id), 1, 6))::bit(24)::int) / 16777216.0, 4) * 40 * 86400000)::bigint`;

/** Statements for the copies from `$1` up to `$2`. */
const copies = [
  `INSERT INTO recipients SELECT r.issuer, 'copy' || n, sha256(('mail' || n)::bytea), sha256(('sis' || n)::bytea), r.wrapped_key, r.key_id,
     r.sealed_person, r.created_at
   FROM generate_series($1::bigint, $2::bigint - 1) AS n
   JOIN (SELECT r.*, row_number() OVER () - 1 AS number FROM recipients r WHERE r.id NOT LIKE 'copy%' LIMIT ${sampleSize}) AS r
     ON r.number = (n * 7919) % ${sampleSize}`,
  `INSERT INTO awards (issuer, id, key_hash, version, recipient_id, credential_type, course, generation, facts, state,
      sealed_credential, payload_hash, created_at, revision)
   SELECT issuer, copy, sha256(copy::bytea), 1, copy, credential_type, course, 1,
     CASE WHEN ${isSubmitted} THEN jsonb_build_object('submissions', jsonb_build_array(jsonb_build_object('attempt', 1, 'outcome', ${outcome})))
       WHEN ended = 'withdrawn' THEN '{"linkClosure": "withdrawn", "submissions": []}' ELSE '{"submissions": []}' END,
     CASE ended WHEN 'expired' THEN 'ready' ELSE ended END, sealed_credential, sha256(copy::bytea), at, 3
   FROM (${plan}) AS planned`,
  `INSERT INTO submissions SELECT issuer, 'submission-of-' || id, id, 1, payload_hash, ${startedAt}, true, facts #>> '{submissions,0,outcome}',
     ${startedAt} + 3600000, NULL
   FROM awards WHERE id IN (SELECT 'copy' || n FROM generate_series($1::bigint, $2::bigint - 1) AS n) AND facts -> 'submissions' <> '[]'`,
  `INSERT INTO history (issuer, award_id, at, who, what, why, payload_hash)
   SELECT issuer, id, line.at, line.who, line.what, line.why, payload_hash
   FROM awards CROSS JOIN LATERAL (VALUES
     (created_at, 'staff-7', 'created', NULL), (created_at + 60000, 'system', 'mail_sent', NULL),
     (${startedAt}, 'learner', CASE WHEN facts -> 'submissions' <> '[]' THEN 'submitted' END, 'attempt 1'),
     (${startedAt} + 3600000, 'system', CASE facts #>> '{submissions,0,outcome}' WHEN 'verified' THEN 'added' WHEN 'refused' THEN 'rejected'
       ELSE facts #>> '{submissions,0,outcome}' END, 'attempt 1'),
     (created_at + 86400000, 'staff-7', CASE state WHEN 'withdrawn' THEN state END, 'revoked')) AS line (at, who, what, why)
   WHERE id IN (SELECT 'copy' || n FROM generate_series($1::bigint, $2::bigint - 1) AS n) AND line.what IS NOT NULL`,
  `INSERT INTO mails SELECT issuer, 'mail-of-' || id, '<' || id || '@example.edu>', recipient_id, 'claim', jsonb_build_array(id), 'accepted',
     created_at, created_at + 60000
   FROM awards WHERE id IN (SELECT 'copy' || n FROM generate_series($1::bigint, $2::bigint - 1) AS n)`,
];
