/** The mails of a recipient, and addresses that get no more of some or any of them. */
export function mailsAndMutes(schema: string): string {
  return `
CREATE INDEX mails_by_recipient ON ${schema}.mails (issuer, recipient_id, created_at, id);

CREATE TABLE ${schema}.mutes (
  issuer text COLLATE "C" NOT NULL,
  email_hash bytea NOT NULL,
  mutes text COLLATE "C" NOT NULL,
  reason text NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  PRIMARY KEY (issuer, email_hash, mutes)
);
CREATE INDEX mutes_by_kind ON ${schema}.mutes (issuer, mutes, email_hash);
`;
}
