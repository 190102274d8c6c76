import type { RecipientRow, StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { counted } from './counted.ts';
import { lookUp, type LookUpGathering, rowsByKeys } from './look-up.ts';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';
import type { MakeConflict } from './transaction.ts';

/** People who get awards. */
export const recipients = table<RecipientRow>('recipients', {
  issuer: 'key',
  id: 'key',
  emailHash: 'hash',
  subjectHash: 'hash',
  wrappedKey: 'bytes',
  keyId: 'key',
  sealedPerson: 'bytes',
  createdAt: 'time',
});

type RecipientReads = Pick<
  StoreReads,
  'recipient' | 'recipientsByEmail' | 'recipientsUnderOtherKeys' | 'countByKey'
>;

/** Look-ups of recipients. */
export function recipientReads(sql: Sql, gathering: LookUpGathering): RecipientReads {
  const byId = lookUp(sql, { table: recipients, by: 'id' }, gathering);
  return {
    recipient: async (issuer, id) => (await byId(issuer, id))[0],
    recipientsByEmail: (issuer, emailHashes) =>
      rowsByKeys(
        sql,
        {
          table: recipients,
          by: 'emailHash',
          narrow: (query) => query.orderBy(['created_at', 'id']),
        },
        issuer,
        emailHashes,
      ),
    recipientsUnderOtherKeys: (issuer, keyId, after, limit) =>
      sql.select(recipients, (query) =>
        match(recipients, { issuer })(query)
          .where('id', '>', after)
          .whereNot('key_id', keyId)
          .whereNotNull('wrapped_key')
          .orderBy('id')
          .limit(limit),
      ),
    countByKey: (issuer) =>
      counted(sql, recipients, 'keyId', (query) =>
        match(recipients, { issuer })(query).whereNotNull('wrapped_key'),
      ),
  };
}

/** Changes of recipients. */
export function recipientChanges(
  sql: Sql,
  conflict: MakeConflict,
): Pick<StoreTransaction, 'insertRecipients' | 'updateRecipient'> {
  return {
    insertRecipients: (rows) => sql.insert(recipients, rows),
    async updateRecipient({ emailHash, subjectHash, wrappedKey, keyId, sealedPerson, issuer, id }, former) {
      const read = { issuer, id, sealedPerson: former.sealedPerson, wrappedKey: former.wrappedKey };
      const changes = { emailHash, subjectHash, wrappedKey, keyId, sealedPerson };
      if ((await sql.update(recipients, changes, match(recipients, read))) === 0) throw conflict();
    },
  };
}
