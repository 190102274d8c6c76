import { linesOfMilestones } from '../../reports/milestone.ts';
import { waitLimits } from '../../reports/wait.ts';

/**
 * Counts for reports that nobody has to remember to keep: triggers note how each statement changes them, in rows of their own, so
 * that no two transactions wait for each other; `foldReports` adds the notes up. Each function looks awards up one by one,
 * whatever the statistics say: it runs while imports outrun them.
 */
export function reports(schema: string): string {
  const milestone = linesOfMilestones()
    .map(([what, name]) => `WHEN '${what}' THEN '${name}'`)
    .join(' ');
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
  state text COLLATE "C" NOT NULL,
  awards bigint NOT NULL,
  PRIMARY KEY (issuer, state)
);
INSERT INTO ${schema}.state_counts SELECT issuer, state, count(*) FROM ${schema}.awards GROUP BY issuer, state;

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
  what text COLLATE "C" NOT NULL,
  awards integer NOT NULL,
  PRIMARY KEY (zone, day, course, what)
);

CREATE TABLE ${schema}.report_changes (
  issuer text COLLATE "C" NOT NULL,
  slot integer NOT NULL,
  course text COLLATE "C" NOT NULL,
  what text COLLATE "C" NOT NULL,
  awards integer NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02);
COMMENT ON COLUMN ${schema}.report_changes.slot IS 'quarters of an hour since the epoch: in every time zone a day begins with one';
CREATE INDEX report_changes_of_issuer ON ${schema}.report_changes (issuer);

CREATE FUNCTION ${schema}.slot_of(at bigint) RETURNS integer LANGUAGE sql IMMUTABLE
  AS $$ SELECT (at / 900000)::integer $$;
CREATE FUNCTION ${schema}.milestone_of(what text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT CASE what ${milestone} END $$;
CREATE FUNCTION ${schema}.wait_of(ms bigint) RETURNS integer LANGUAGE sql IMMUTABLE
  AS $$ SELECT width_bucket(ms, ARRAY[${waitLimits.join()}]::bigint[]) $$;

CREATE FUNCTION ${schema}.standing_of(state text, facts jsonb) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT 'state:' || state || CASE WHEN state = 'erased' AND facts @> '{"submissions": [{"outcome": "verified"}]}'
    THEN ':added' ELSE '' END $$;

CREATE FUNCTION ${schema}.note_new_awards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${schema}.report_changes
    SELECT issuer, ${schema}.slot_of(created_at), coalesce(course, credential_type), counted.what, count(*)
    FROM new_awards CROSS JOIN LATERAL (VALUES ('issued'), (${schema}.standing_of(state, facts))) AS counted (what)
    GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_new_awards AFTER INSERT ON ${schema}.awards REFERENCING NEW TABLE AS new_awards
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_new_awards();

CREATE FUNCTION ${schema}.note_changed_awards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${schema}.report_changes
    SELECT issuer, ${schema}.slot_of(created_at), coalesce(course, credential_type), ${schema}.standing_of(state, facts), sum(change)
    FROM (SELECT *, 1 AS change FROM new_awards UNION ALL SELECT *, -1 FROM old_awards) AS changed
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
        WHEN 'added' THEN 'waited:' || ${schema}.wait_of(line.at - award.created_at) END)) AS counted (at, what)
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

CREATE FUNCTION ${schema}.recount(of_issuer text)
  RETURNS TABLE (slot integer, course text, what text, awards bigint) LANGUAGE sql STABLE AS $$
  WITH counted AS (
    SELECT id, created_at, coalesce(course, credential_type) AS course, ${schema}.standing_of(state, facts) AS standing
    FROM ${schema}.awards WHERE issuer = of_issuer
  ), reached AS (
    SELECT DISTINCT ON (award_id, ${schema}.milestone_of(what)) award_id, at, ${schema}.milestone_of(what) AS what
    FROM ${schema}.history WHERE issuer = of_issuer AND ${schema}.milestone_of(what) IS NOT NULL
    ORDER BY award_id, ${schema}.milestone_of(what), position
  )
  SELECT ${schema}.slot_of(created_at), course, 'issued', count(*) FROM counted GROUP BY 1, 2
  UNION ALL
  SELECT ${schema}.slot_of(created_at), course, standing, count(*) FROM counted GROUP BY 1, 2, 3
  UNION ALL
  SELECT ${schema}.slot_of(reached.at), course, reached.what, count(*)
    FROM reached JOIN counted ON id = award_id GROUP BY 1, 2, 3
  UNION ALL
  SELECT ${schema}.slot_of(created_at), course, 'waited:' || ${schema}.wait_of(reached.at - created_at), count(*)
    FROM reached JOIN counted ON id = award_id WHERE reached.what = 'added' GROUP BY 1, 2, 3
$$;
`;
}
