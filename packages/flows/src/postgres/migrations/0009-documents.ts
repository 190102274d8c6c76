/** Files handed over with awards, and where SEEK Pass fetches them. The bytes are ciphertext, which does not shrink: stored as they are. */
export function documents(schema: string): string {
  return `
CREATE TABLE ${schema}.documents (
  issuer text COLLATE "C" NOT NULL,
  award_id text COLLATE "C" NOT NULL,
  recipient_id text COLLATE "C" NOT NULL,
  type text NOT NULL,
  size integer NOT NULL,
  created_at bigint NOT NULL,
  uploaded_for_attempt integer,
  sealed_bytes bytea NOT NULL,
  PRIMARY KEY (issuer, award_id),
  FOREIGN KEY (issuer, award_id) REFERENCES ${schema}.awards (issuer, id)
);
ALTER TABLE ${schema}.documents ALTER COLUMN sealed_bytes SET STORAGE EXTERNAL;
CREATE INDEX documents_by_recipient ON ${schema}.documents (issuer, recipient_id);

CREATE TABLE ${schema}.document_links (
  issuer text COLLATE "C" NOT NULL,
  award_id text COLLATE "C" NOT NULL,
  attempt integer NOT NULL,
  token_hash bytea NOT NULL,
  sealed_url bytea NOT NULL,
  ends_at bigint NOT NULL,
  PRIMARY KEY (issuer, award_id, attempt),
  UNIQUE (issuer, token_hash),
  FOREIGN KEY (issuer, award_id) REFERENCES ${schema}.documents (issuer, award_id) ON DELETE CASCADE
);
CREATE INDEX document_links_by_end ON ${schema}.document_links (ends_at);
`;
}
