/** When the next turn of a rate is that all processes share, in milliseconds since the epoch by the database's clock. */
export function sharedRates(schema: string): string {
  return `
CREATE TABLE ${schema}.turns (
  key text COLLATE "C" PRIMARY KEY,
  next_at double precision NOT NULL
) WITH (fillfactor = 50);
`;
}
