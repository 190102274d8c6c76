import type { IssuerRow, StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';
import type { MakeConflict } from './transaction.ts';

const issuers = table<IssuerRow>('issuers', {
  issuer: 'key',
  clientId: 'text',
  namespaceFingerprint: 'text',
  claimKeyFingerprint: 'text',
});

/** Look-ups of issuers. */
export function issuerReads(sql: Sql): Pick<StoreReads, 'issuer'> {
  return { issuer: (issuer) => sql.first(issuers, match(issuers, { issuer })) };
}

/** Changes of issuers. */
export function issuerChanges(sql: Sql, conflict: MakeConflict): Pick<StoreTransaction, 'putIssuer'> {
  return {
    async putIssuer(row, former) {
      if (former === undefined) await sql.insert(issuers, [row]);
      // `former` as a whole: texts are compared here, as no two databases compare long texts alike.
      else {
        const stored = await sql.first(issuers, (query) =>
          match(issuers, { issuer: row.issuer })(query).forUpdate(),
        );
        if (stored === undefined || !isSame(stored, former)) throw conflict();
        await sql.update(issuers, row, match(issuers, { issuer: row.issuer }));
      }
    },
  };
}

function isSame(one: IssuerRow, other: IssuerRow): boolean {
  return (
    one.clientId === other.clientId &&
    one.namespaceFingerprint === other.namespaceFingerprint &&
    one.claimKeyFingerprint === other.claimKeyFingerprint
  );
}
