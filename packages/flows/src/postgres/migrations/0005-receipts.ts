/**
 * One row for each transaction, stored with it: whoever lost the answer to a COMMIT finds out what became of it. A server that
 * crashed may give the number of a transaction that it lost to another one, so the number proves nothing.
 */
export function receipts(schema: string): string {
  return `
CREATE TABLE ${schema}.receipts (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_insert_scale_factor = 0.5);
`;
}
