/** What is done to an issuer, beside the history of its awards. */
export function audit(schema: string): string {
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
CREATE TRIGGER audit_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.audit
  FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_change_of_history();
`;
}
