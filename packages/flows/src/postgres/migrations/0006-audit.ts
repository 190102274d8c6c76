/**
 * What is done to an issuer, beside the history of its awards; and the chain that all of it hangs on.
 *
 * Each statement that adds lines notes their positions in `audit_pending`, in its own transaction: so no line is forgotten that is
 * committed late. A sealer turns the notes into links. The triggers come before the lines that are there already are noted: they keep
 * writers out until the migration is done.
 */
export function audit(schema: string): string {
  const noted = (table: string, source: string) => `
CREATE TRIGGER ${table}_is_noted AFTER INSERT ON ${schema}.${table} REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_for_audit('${source}');
INSERT INTO ${schema}.audit_pending (issuer, source, positions)
  SELECT issuer, '${source}', array_agg(position ORDER BY position)
  FROM (SELECT issuer, position, row_number() OVER (PARTITION BY issuer ORDER BY position) / 1000 AS part
    FROM ${schema}.${table}) AS lines
  GROUP BY issuer, part ORDER BY issuer, part;`;
  const insertOnly = (table: string) => `
CREATE TRIGGER ${table}_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.${table}
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_change_of_history();`;
  return `
CREATE TABLE ${schema}.audit (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  issuer text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  what text NOT NULL,
  about text COLLATE "C",
  why text
);
CREATE INDEX audit_by_subject ON ${schema}.audit (issuer, about, position);
CREATE UNIQUE INDEX history_by_position ON ${schema}.history (position);

CREATE TABLE ${schema}.audit_links (
  issuer text COLLATE "C" NOT NULL,
  number bigint NOT NULL CHECK (number BETWEEN 1 AND ${Number.MAX_SAFE_INTEGER}),
  source text COLLATE "C" NOT NULL,
  ranges bigint[] NOT NULL,
  tags bytea NOT NULL,
  previous bytea NOT NULL,
  sealed_at bigint NOT NULL,
  mac bytea NOT NULL,
  PRIMARY KEY (issuer, number)
);
COMMENT ON COLUMN ${schema}.audit_links.ranges IS 'positions of the lines it covers: from, to, from, to, ...';

CREATE TABLE ${schema}.audit_pending (
  issuer text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  positions bigint[] NOT NULL,
  PRIMARY KEY (issuer, source, id)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

CREATE FUNCTION ${schema}.note_for_audit() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO ${schema}.audit_pending (issuer, source, positions)
    SELECT issuer, TG_ARGV[0], array_agg(position) FROM added GROUP BY issuer;
  RETURN NULL;
END
$$;
-- Its owner's triggers need no grant. Anybody else's, on a table of their own, would note lines that never were.
REVOKE ALL ON FUNCTION ${schema}.note_for_audit() FROM PUBLIC;
${insertOnly('audit')}${insertOnly('audit_links')}${noted('history', 'award')}${noted('stop_record', 'stop')}
CREATE TRIGGER audit_is_noted AFTER INSERT ON ${schema}.audit REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.note_for_audit('audit');
`;
}
