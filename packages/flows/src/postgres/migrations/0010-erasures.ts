/**
 * Nothing is wrapped with a key that is about to be destroyed, whatever the process knows of it. Recipients are looked after where they
 * are made, many at a time.
 */
function refusingRetiredKeys(schema: string, table: string): string {
  const refuse = `FOR EACH ROW WHEN (NEW.wrapped_key IS NOT NULL`;
  return `
CREATE TRIGGER ${table}_has_no_retired_key BEFORE INSERT ON ${schema}.${table}
  ${refuse}) EXECUTE FUNCTION ${schema}.refuse_retired_key();
CREATE TRIGGER ${table}_gets_no_retired_key BEFORE UPDATE ON ${schema}.${table}
  ${refuse} AND NEW.key_id <> OLD.key_id) EXECUTE FUNCTION ${schema}.refuse_retired_key();
`;
}

/**
 * Erasures and what they leave: keyed hashes that keep people from being awarded again. Recipients are found by subject, sessions by
 * recipient.
 */
export function erasures(schema: string): string {
  return `
CREATE TABLE ${schema}.erasures (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  part text NOT NULL,
  reason text NOT NULL,
  legal_basis text,
  key_ids jsonb NOT NULL,
  keys_dropped_at bigint,
  recipients integer NOT NULL,
  awards integer NOT NULL,
  PRIMARY KEY (issuer, id)
);
CREATE INDEX erasures_by_time ON ${schema}.erasures (issuer, at, id);
CREATE INDEX erasures_with_keys ON ${schema}.erasures (issuer, at, id) WHERE keys_dropped_at IS NULL;

CREATE TABLE ${schema}.suppressions (
  issuer text COLLATE "C" NOT NULL,
  hash bytea NOT NULL,
  erasure_id text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (issuer, hash)
);
CREATE INDEX suppressions_by_erasure ON ${schema}.suppressions (issuer, erasure_id);

CREATE TABLE ${schema}.holds (
  issuer text COLLATE "C" NOT NULL,
  hash bytea NOT NULL,
  reason text NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  PRIMARY KEY (issuer, hash)
);

CREATE TABLE ${schema}.retired_keys (
  issuer text COLLATE "C" NOT NULL,
  key_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (issuer, key_id)
);

CREATE INDEX recipients_by_subject ON ${schema}.recipients (issuer, subject_hash) WHERE subject_hash IS NOT NULL;
CREATE INDEX claim_sessions_by_recipient ON ${schema}.claim_sessions (issuer, recipient_id);

CREATE FUNCTION ${schema}.lock_of_erasures(issuer text) RETURNS bigint LANGUAGE sql IMMUTABLE
  AS $$ SELECT hashtextextended('${schema} erasures of ' || issuer, 0) $$;

CREATE FUNCTION ${schema}.refuse_retired_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(${schema}.lock_of_erasures(NEW.issuer));
  IF EXISTS (SELECT FROM ${schema}.retired_keys WHERE issuer = NEW.issuer AND key_id = NEW.key_id) THEN
    RAISE EXCEPTION 'The key % was retired: give this process the rotated key file.', NEW.key_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
${['verifications', 'webhook_endpoints'].map((table) => refusingRetiredKeys(schema, table)).join('')}
`;
}
