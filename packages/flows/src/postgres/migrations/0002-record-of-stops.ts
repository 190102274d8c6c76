/**
 * Who turned the kill switch, when and why; and a way for a stop to wait for the transactions that have not seen it.
 *
 * A function takes a fresh look for each of its statements: `is_stopped` reads after it has the lock.
 */
export function recordOfStops(schema: string): string {
  return `
CREATE TABLE ${schema}.stop_record (
  position bigint GENERATED ALWAYS AS IDENTITY,
  issuer text COLLATE "C" NOT NULL,
  credential_type text,
  stopped boolean NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  why text NOT NULL,
  PRIMARY KEY (issuer, position)
);
INSERT INTO ${schema}.stop_record (issuer, credential_type, stopped, at, who, why)
  SELECT issuer, nullif(credential_type, '*'), true, extract(epoch FROM now()) * 1000, 'system', 'other'
  FROM ${schema}.stops;
CREATE TRIGGER stop_record_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.stop_record
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_change_of_history();

CREATE FUNCTION ${schema}.lock_of_stops(issuer text) RETURNS bigint LANGUAGE sql IMMUTABLE
  AS $$ SELECT hashtextextended('${schema} stops of ' || issuer, 0) $$;

CREATE FUNCTION ${schema}.is_stopped(of_issuer text, of_type text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(${schema}.lock_of_stops(of_issuer));
  RETURN EXISTS (SELECT FROM ${schema}.stops WHERE issuer = of_issuer AND credential_type IN ('*', of_type));
END
$$;
`;
}
