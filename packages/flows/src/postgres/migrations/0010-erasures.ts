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
`;
}
