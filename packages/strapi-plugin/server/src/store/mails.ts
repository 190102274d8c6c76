import type { MailRow, MuteRow, StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { counted } from './counted.ts';
import { afterPosition, match, type Sql } from './sql.ts';
import { table } from './table.ts';
import type { MakeConflict } from './transaction.ts';

/** Mails and the intents to mail. */
export const mails = table<MailRow>('mails', {
  issuer: 'key',
  id: 'key',
  messageId: 'key',
  recipientId: 'key',
  kind: 'text',
  awardIds: 'json',
  state: 'key',
  createdAt: 'time',
  sentAt: 'time',
});

/** Addresses that no longer get some of our mails. */
export const mutes = table<MuteRow>('mutes', {
  issuer: 'key',
  emailHash: 'hash',
  mutes: 'key',
  reason: 'text',
  at: 'time',
  who: 'text',
});

type MailReads = Pick<
  StoreReads,
  'mail' | 'mails' | 'mailsOfRecipient' | 'mailByMessageId' | 'countMailsByState' | 'mutesOf' | 'mutes'
>;

/** Look-ups of mails and mutes. */
export function mailReads(sql: Sql): MailReads {
  return {
    mail: (issuer, id) => sql.first(mails, match(mails, { issuer, id })),
    mails: (issuer, state, limit, after) =>
      sql.select(mails, (query) =>
        afterPosition(match(mails, { issuer, state })(query), after)
          .orderBy(['created_at', 'id'])
          .limit(limit),
      ),
    mailsOfRecipient: (issuer, recipientId, limit) =>
      sql.select(mails, (query) =>
        match(mails, { issuer, recipientId })(query)
          .orderBy([
            { column: 'created_at', order: 'desc' },
            { column: 'id', order: 'desc' },
          ])
          .limit(limit),
      ),
    mailByMessageId: (issuer, messageId) => sql.first(mails, match(mails, { issuer, messageId })),
    countMailsByState: (issuer) => counted(sql, mails, 'state', match(mails, { issuer })),
    mutesOf: (issuer, emailHash) => sql.select(mutes, match(mutes, { issuer, emailHash })),
    mutes: (issuer, kind, limit, after) =>
      sql.select(mutes, (query) =>
        match(mutes, { issuer, mutes: kind })(query)
          .where('email_hash', '>', Buffer.from(after ?? []))
          .orderBy('email_hash')
          .limit(limit),
      ),
  };
}

type MailChanges = Pick<StoreTransaction, 'insertMails' | 'updateMail' | 'putMute' | 'deleteMute'>;

/** Changes of mails and mutes. */
export function mailChanges(sql: Sql, conflict: MakeConflict): MailChanges {
  return {
    insertMails: (rows) => sql.insert(mails, rows),
    async updateMail({ issuer, id, state, sentAt }, from) {
      const read = match(mails, { issuer, id, state: from });
      if ((await sql.update(mails, { state, sentAt }, read)) === 0) throw conflict();
    },
    putMute: (row) => sql.put(mutes, row, ['issuer', 'emailHash', 'mutes']),
    async deleteMute(issuer, emailHash, kind) {
      await sql.remove(mutes, match(mutes, { issuer, emailHash, mutes: kind }));
    },
  };
}
