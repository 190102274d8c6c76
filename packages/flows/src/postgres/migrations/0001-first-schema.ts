/**
 * The first schema. Frozen: its checksum is recorded in databases that have it. A change is a new migration.
 *
 * Times are milliseconds since the epoch. Texts that are compared and ordered use the collation "C", so that every
 * server orders them as this kit does. What is personal is ciphertext in `bytea` before it comes here.
 */
export function firstSchema(schema: string): string {
  return `
CREATE TABLE ${schema}.issuers (
  issuer text COLLATE "C" PRIMARY KEY,
  client_id text NOT NULL,
  namespace_fingerprint text NOT NULL,
  claim_key_fingerprint text NOT NULL
);

CREATE TABLE ${schema}.recipients (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  email_hash bytea NOT NULL,
  subject_hash bytea,
  wrapped_key bytea,
  key_id text NOT NULL,
  sealed_person bytea NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (issuer, id)
);
CREATE INDEX recipients_by_email ON ${schema}.recipients (issuer, email_hash);

CREATE TABLE ${schema}.awards (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  key_hash bytea NOT NULL,
  version integer NOT NULL,
  recipient_id text COLLATE "C" NOT NULL,
  credential_type text NOT NULL,
  generation integer NOT NULL,
  facts jsonb NOT NULL,
  state text COLLATE "C" NOT NULL,
  sealed_credential bytea NOT NULL,
  payload_hash bytea NOT NULL,
  created_at bigint NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (issuer, id),
  UNIQUE (issuer, key_hash, version),
  FOREIGN KEY (issuer, recipient_id) REFERENCES ${schema}.recipients (issuer, id)
);
CREATE INDEX awards_by_recipient ON ${schema}.awards (issuer, recipient_id);
CREATE INDEX awards_by_creation ON ${schema}.awards (issuer, created_at, id);
CREATE INDEX awards_by_state ON ${schema}.awards (issuer, state, created_at, id);

CREATE TABLE ${schema}.submissions (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  award_id text COLLATE "C" NOT NULL,
  attempt integer NOT NULL,
  payload_hash bytea NOT NULL,
  submitted_at bigint NOT NULL,
  acknowledged boolean NOT NULL,
  outcome text NOT NULL,
  last_asked_at bigint,
  next_poll_at bigint,
  PRIMARY KEY (issuer, id),
  UNIQUE (issuer, award_id, attempt),
  FOREIGN KEY (issuer, award_id) REFERENCES ${schema}.awards (issuer, id)
);
CREATE INDEX submissions_due ON ${schema}.submissions (issuer, next_poll_at) WHERE next_poll_at IS NOT NULL;

CREATE TABLE ${schema}.history (
  position bigint GENERATED ALWAYS AS IDENTITY,
  issuer text COLLATE "C" NOT NULL,
  award_id text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  what text NOT NULL,
  why text,
  payload_hash bytea,
  PRIMARY KEY (issuer, award_id, position)
);
CREATE FUNCTION ${schema}.refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'History is insert-only.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER history_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.history
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_change_of_history();

CREATE TABLE ${schema}.mails (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL UNIQUE,
  recipient_id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  award_ids jsonb NOT NULL,
  state text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  sent_at bigint,
  PRIMARY KEY (issuer, id)
);
CREATE INDEX mails_by_state ON ${schema}.mails (issuer, state, created_at, id);

CREATE TABLE ${schema}.claim_sessions (
  issuer text COLLATE "C" NOT NULL,
  id_hash bytea NOT NULL,
  award_id text COLLATE "C" NOT NULL,
  recipient_id text COLLATE "C" NOT NULL,
  generation integer NOT NULL,
  proved_at bigint,
  proved_by text,
  expires_at bigint NOT NULL,
  PRIMARY KEY (issuer, id_hash)
);
CREATE INDEX claim_sessions_by_end ON ${schema}.claim_sessions (expires_at);

CREATE TABLE ${schema}.claim_codes (
  issuer text COLLATE "C" NOT NULL,
  award_id text COLLATE "C" NOT NULL,
  session_hash bytea NOT NULL,
  email_hash bytea NOT NULL,
  code_hash bytea NOT NULL,
  tries integer NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (issuer, award_id)
);

CREATE TABLE ${schema}.stops (
  issuer text COLLATE "C" NOT NULL,
  credential_type text COLLATE "C" NOT NULL,
  PRIMARY KEY (issuer, credential_type)
);
COMMENT ON COLUMN ${schema}.stops.credential_type IS '* stands for all of the issuer';

CREATE TABLE ${schema}.limits (
  key text COLLATE "C" NOT NULL,
  window_ms bigint NOT NULL,
  window_start bigint NOT NULL,
  used integer NOT NULL,
  PRIMARY KEY (key, window_ms)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

CREATE TABLE ${schema}.jobs (
  issuer text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  refs jsonb NOT NULL,
  run_at bigint NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'waiting',
  attempt integer NOT NULL DEFAULT 0,
  due_at bigint NOT NULL,
  reason text,
  PRIMARY KEY (issuer, id)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
COMMENT ON COLUMN ${schema}.jobs.due_at IS 'when it may be claimed: its time, or the end of its last lease';
CREATE INDEX jobs_due ON ${schema}.jobs (issuer, kind, due_at) WHERE state IN ('waiting', 'leased');
CREATE INDEX jobs_dead ON ${schema}.jobs (issuer, due_at) WHERE state = 'dead';
CREATE INDEX jobs_done ON ${schema}.jobs (due_at) WHERE state = 'done';
`;
}
