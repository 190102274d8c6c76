/** What awards come to and how long they wait, as `reporting/milestone.ts` and `reporting/wait.ts` say: it stands here as it was. */
const milestones = ['issued', 'started', 'added', 'declined', 'expired', 'closed', 'rejected', 'withdrawn'];
const states = [
  'ready',
  'submitted',
  'added',
  'declined',
  'closed',
  'rejected',
  'withdrawn',
  'superseded',
  'erased',
];
const waitDays = [1, 2, 3, 5, 7, 14, 30, 90, 365];
const waitLimits = [3_600_000, ...waitDays.map((days) => days * 24 * 3_600_000)];

const counted = [
  ...milestones,
  ...states.map((state) => `state_${state}`),
  'erased_after_adding',
  ...Array.from({ length: waitLimits.length + 1 }, (_, wait) => `waited_${wait}`),
];

/**
 * Counts for reports that nobody has to remember to keep: triggers note how each statement changes them, in rows of their own, so
 * that no two transactions wait for each other; `foldReports` adds the notes up. Each function looks awards up one by one,
 * whatever the statistics say: it runs while imports outrun them.
 */
export function reports(schema: string): string {
  return `
ALTER TABLE ${schema}.awards ADD COLUMN course text COLLATE "C";

CREATE TABLE ${schema}.courses (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  credential_type text NOT NULL,
  sealed_course bytea NOT NULL,
  PRIMARY KEY (issuer, id)
);

CREATE TABLE ${schema}.state_counts (
  issuer text COLLATE "C" NOT NULL,
  what text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  PRIMARY KEY (issuer, what)
);
INSERT INTO ${schema}.state_counts
  SELECT issuer, 'state_' || state, count(*) FROM ${schema}.awards GROUP BY 1, 2
  UNION ALL SELECT issuer, 'mail_' || state, count(*) FROM ${schema}.mails GROUP BY 1, 2;

CREATE TABLE ${schema}.report_zones (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  issuer text COLLATE "C" NOT NULL,
  time_zone text COLLATE "C" NOT NULL,
  UNIQUE (issuer, time_zone)
);
CREATE TABLE ${schema}.report_counts (
  zone integer NOT NULL REFERENCES ${schema}.report_zones ON DELETE CASCADE,
  day date NOT NULL,
  course text COLLATE "C" NOT NULL,
  ${counted.map((name) => `${name} integer NOT NULL`).join(', ')},
  PRIMARY KEY (zone, day, course)
) WITH (fillfactor = 80);

CREATE TABLE ${schema}.report_changes (
  issuer text COLLATE "C" NOT NULL,
  slot integer,
  course text COLLATE "C",
  what text COLLATE "C" NOT NULL,
  number integer NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02);
COMMENT ON COLUMN ${schema}.report_changes.slot IS 'quarters of an hour since the epoch: in every time zone a day begins with one; none of mails';
CREATE INDEX report_changes_of_issuer ON ${schema}.report_changes (issuer);

CREATE FUNCTION ${schema}.slot_of(at bigint) RETURNS integer LANGUAGE sql IMMUTABLE
  AS $$ SELECT (at / 900000)::integer $$;
CREATE FUNCTION ${schema}.milestone_of(what text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT CASE WHEN what IN ('added', 'declined', 'expired', 'closed', 'rejected', 'withdrawn') THEN what
    WHEN what = 'submitted' THEN 'started'
    WHEN what IN ('added_after_withdrawal', 'added_after_supersession') THEN 'added' END $$;
CREATE FUNCTION ${schema}.wait_of(ms bigint) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT 'waited_' || width_bucket(ms, ARRAY[${waitLimits.join()}]::bigint[]) $$;
CREATE FUNCTION ${schema}.was_added(facts jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE
  AS $$ SELECT facts @> '{"submissions": [{"outcome": "verified"}]}' $$;

CREATE FUNCTION ${schema}.note_new_awards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${schema}.report_changes
    SELECT issuer, ${schema}.slot_of(created_at), coalesce(course, credential_type), counted.what, count(*)
    FROM new_awards CROSS JOIN LATERAL (VALUES ('issued'), ('state_' || state),
      (CASE WHEN state = 'erased' AND ${schema}.was_added(facts) THEN 'erased_after_adding' END)) AS counted (what)
    WHERE counted.what IS NOT NULL
    GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_new_awards AFTER INSERT ON ${schema}.awards REFERENCING NEW TABLE AS new_awards
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_new_awards();

CREATE FUNCTION ${schema}.note_changed_awards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${schema}.report_changes
    SELECT issuer, ${schema}.slot_of(created_at), coalesce(course, credential_type), counted.what, sum(change)
    FROM (
      SELECT issuer, created_at, course, credential_type, state, facts, 1 AS change FROM new_awards
      UNION ALL SELECT issuer, created_at, course, credential_type, state, facts, -1 FROM old_awards
    ) AS changed
    CROSS JOIN LATERAL (VALUES ('state_' || state),
      (CASE WHEN state = 'erased' AND ${schema}.was_added(facts) THEN 'erased_after_adding' END)) AS counted (what)
    WHERE counted.what IS NOT NULL
    GROUP BY 1, 2, 3, 4 HAVING sum(change) <> 0;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_changed_awards AFTER UPDATE ON ${schema}.awards
  REFERENCING OLD TABLE AS old_awards NEW TABLE AS new_awards
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_changed_awards();

CREATE FUNCTION ${schema}.note_milestones() RETURNS trigger LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM new_lines WHERE ${schema}.milestone_of(what) IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  INSERT INTO ${schema}.report_changes
    SELECT award.issuer, ${schema}.slot_of(counted.at), coalesce(award.course, award.credential_type), counted.what, count(*)
    FROM new_lines AS line
    JOIN ${schema}.awards AS award ON award.issuer = line.issuer AND award.id = line.award_id
    CROSS JOIN LATERAL (VALUES
      (line.at, ${schema}.milestone_of(line.what)),
      (award.created_at, CASE ${schema}.milestone_of(line.what)
        WHEN 'added' THEN ${schema}.wait_of(line.at - award.created_at) END)) AS counted (at, what)
    WHERE counted.what IS NOT NULL AND NOT EXISTS (
      SELECT FROM ${schema}.history AS before
      WHERE before.issuer = line.issuer AND before.award_id = line.award_id AND before.position < line.position
        AND ${schema}.milestone_of(before.what) = ${schema}.milestone_of(line.what))
    GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_milestones AFTER INSERT ON ${schema}.history REFERENCING NEW TABLE AS new_lines
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_milestones();

CREATE FUNCTION ${schema}.note_mails() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO ${schema}.report_changes (issuer, what, number)
      SELECT issuer, 'mail_' || state, count(*) FROM new_mails GROUP BY 1, 2;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO ${schema}.report_changes (issuer, what, number)
      SELECT issuer, 'mail_' || state, -count(*) FROM old_mails GROUP BY 1, 2;
  ELSE
    INSERT INTO ${schema}.report_changes (issuer, what, number)
      SELECT issuer, 'mail_' || state, sum(change)
      FROM (SELECT issuer, state, 1 AS change FROM new_mails UNION ALL SELECT issuer, state, -1 FROM old_mails) AS changed
      GROUP BY 1, 2 HAVING sum(change) <> 0;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_new_mails AFTER INSERT ON ${schema}.mails REFERENCING NEW TABLE AS new_mails
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_mails();
CREATE TRIGGER note_changed_mails AFTER UPDATE ON ${schema}.mails REFERENCING OLD TABLE AS old_mails NEW TABLE AS new_mails
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_mails();
CREATE TRIGGER note_gone_mails AFTER DELETE ON ${schema}.mails REFERENCING OLD TABLE AS old_mails
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_mails();

CREATE FUNCTION ${schema}.recount(of_issuer text)
  RETURNS TABLE (slot integer, course text, what text, number bigint) LANGUAGE sql STABLE SET work_mem = '64MB' AS $$
  WITH counted AS (
    SELECT id, created_at, coalesce(course, credential_type) AS course, state,
      state = 'erased' AND ${schema}.was_added(facts) AS erased_after_adding
    FROM ${schema}.awards WHERE issuer = of_issuer
  ), reached AS (
    SELECT DISTINCT ON (award_id, ${schema}.milestone_of(what)) award_id, at, ${schema}.milestone_of(what) AS what
    FROM ${schema}.history WHERE issuer = of_issuer AND ${schema}.milestone_of(what) IS NOT NULL
    ORDER BY award_id, ${schema}.milestone_of(what), position
  )
  SELECT ${schema}.slot_of(created_at), course, 'issued', count(*) FROM counted GROUP BY 1, 2
  UNION ALL
  SELECT ${schema}.slot_of(created_at), course, 'state_' || state, count(*) FROM counted GROUP BY 1, 2, 3
  UNION ALL
  SELECT ${schema}.slot_of(created_at), course, 'erased_after_adding', count(*) FROM counted WHERE erased_after_adding
    GROUP BY 1, 2
  UNION ALL
  SELECT ${schema}.slot_of(reached.at), course, reached.what, count(*)
    FROM reached JOIN counted ON id = award_id GROUP BY 1, 2, 3
  UNION ALL
  SELECT ${schema}.slot_of(created_at), course, ${schema}.wait_of(reached.at - created_at), count(*)
    FROM reached JOIN counted ON id = award_id WHERE reached.what = 'added' GROUP BY 1, 2, 3
  UNION ALL
  SELECT NULL, NULL, 'mail_' || state, count(*) FROM ${schema}.mails WHERE issuer = of_issuer GROUP BY 3
$$;
`;
}
