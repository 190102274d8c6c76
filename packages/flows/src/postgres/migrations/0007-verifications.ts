/**
 * Verify requests and their results, and what the verify flow of each issuer was first started with. `state` follows from `facts`; counts
 * go by it.
 */
export function verifications(schema: string): string {
  return `
CREATE TABLE ${schema}.verify_bindings (
  issuer text COLLATE "C" PRIMARY KEY,
  fingerprint text NOT NULL
);

CREATE TABLE ${schema}.verifications (
  issuer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  reference_hash bytea,
  subject_hash bytea,
  expects text NOT NULL,
  browser_hash bytea,
  facts jsonb NOT NULL,
  state text COLLATE "C" NOT NULL,
  wrapped_key bytea,
  key_id text COLLATE "C" NOT NULL,
  sealed_details bytea,
  sealed_expected bytea,
  sealed_answer bytea,
  answer_hash bytea,
  created_at bigint NOT NULL,
  requested_at bigint,
  give_up_at bigint NOT NULL,
  last_asked_at bigint,
  next_poll_at bigint,
  purge_at bigint,
  revision integer NOT NULL,
  PRIMARY KEY (issuer, id),
  UNIQUE (issuer, request_id)
);
CREATE INDEX verifications_by_reference ON ${schema}.verifications (issuer, reference_hash, created_at)
  WHERE reference_hash IS NOT NULL;
CREATE INDEX verifications_by_subject ON ${schema}.verifications (issuer, subject_hash) WHERE subject_hash IS NOT NULL;
CREATE INDEX verifications_by_state ON ${schema}.verifications (issuer, state, created_at);
CREATE INDEX verifications_due ON ${schema}.verifications (issuer, next_poll_at) WHERE next_poll_at IS NOT NULL;
CREATE INDEX verifications_to_purge ON ${schema}.verifications (issuer, purge_at) WHERE purge_at IS NOT NULL;
`;
}
