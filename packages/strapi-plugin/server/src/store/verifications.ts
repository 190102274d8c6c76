import type { VerificationChanges, VerificationReads, VerificationRow } from '@seek-pass-kit/flows';
import { verificationStandingOf } from '@seek-pass-kit/flows/store';
import { counted } from './counted.ts';
import { match, type Narrow, type Sql } from './sql.ts';
import { table } from './table.ts';
import type { MakeConflict } from './transaction.ts';

const verifications = table<VerificationRow>('verifications', {
  issuer: 'key',
  id: 'key',
  requestId: 'key',
  referenceHash: 'hash',
  subjectHash: 'hash',
  expects: 'text',
  browserHash: 'hash',
  facts: 'json',
  wrappedKey: 'bytes',
  keyId: 'key',
  sealedDetails: 'bytes',
  sealedExpected: 'bytes',
  sealedAnswer: 'bytes',
  answerHash: 'hash',
  createdAt: 'time',
  requestedAt: 'time',
  giveUpAt: 'time',
  lastAskedAt: 'time',
  nextPollAt: 'time',
  purgeAt: 'time',
  revision: 'integer',
});

/** A verification with the state that counts go by. */
const storedVerifications = table<VerificationRow & { readonly state: string }>('verifications', {
  ...verifications.columns,
  state: 'key',
});

interface BindingRow {
  readonly issuer: string;
  readonly fingerprint: string;
}

const bindings = table<BindingRow>('verify_bindings', { issuer: 'key', fingerprint: 'text' });

/** Look-ups of the verify flow. */
export function verificationReads(sql: Sql): VerificationReads {
  const of = (members: Partial<VerificationRow>, narrow: Narrow) =>
    sql.select(verifications, (query) => narrow(match(verifications, members)(query)));
  return {
    verification: (issuer, id) => sql.first(verifications, match(verifications, { issuer, id })),
    verificationByRequest: (issuer, requestId) =>
      sql.first(verifications, match(verifications, { issuer, requestId })),
    verificationsByReference: (issuer, referenceHash, limit) =>
      of({ issuer, referenceHash }, (query) =>
        query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit),
      ),
    verificationsOfSubject: (issuer, subjectHash, limit) =>
      of({ issuer, subjectHash }, (query) => query.limit(limit)),
    countVerificationsByState: (issuer) =>
      counted(sql, storedVerifications, 'state', match(storedVerifications, { issuer })),
    async oldestOpenVerification(issuer) {
      const [oldest] = await sql.select(verifications, (query) =>
        match(storedVerifications, { issuer, state: 'open' })(query).orderBy('created_at').limit(1),
      );
      return oldest?.createdAt ?? null;
    },
    verificationsToPurge: (issuer, now, limit) =>
      of({ issuer }, (query) => query.where('purge_at', '<=', now).orderBy('purge_at').limit(limit)),
    verificationsUnderOtherKeys: (issuer, keyId, after, limit) =>
      of({ issuer }, (query) =>
        query
          .where('id', '>', after)
          .whereNot('key_id', keyId)
          .whereNotNull('wrapped_key')
          .orderBy('id')
          .limit(limit),
      ),
    countVerificationsByKey: (issuer) =>
      counted(sql, verifications, 'keyId', (query) =>
        match(verifications, { issuer })(query).whereNotNull('wrapped_key'),
      ),
    verifyBinding: async (issuer) => (await sql.first(bindings, match(bindings, { issuer })))?.fingerprint,
  };
}

/** Changes of the verify flow. */
export function verificationChanges(sql: Sql, conflict: MakeConflict): VerificationChanges {
  return {
    insertVerification: (row) =>
      sql.insert(storedVerifications, [{ ...row, state: verificationStandingOf(row.facts).state }]),
    lockVerification: (issuer, id) =>
      sql.first(verifications, (query) => match(verifications, { issuer, id })(query).forUpdate()),
    async updateVerification(row) {
      const { issuer, id, revision, requestId: _, expects: __, createdAt: ___, ...changes } = row;
      const state = verificationStandingOf(changes.facts).state;
      const changed = await sql.update(
        storedVerifications,
        { ...changes, state, revision: revision + 1 },
        match(storedVerifications, { issuer, id, revision }),
      );
      if (changed === 0) throw conflict();
    },
    async takeVerificationsDue(issuer, now, until, limit) {
      const due = await sql.select(verifications, (query) =>
        sql.dialect.skipLocked(
          match(verifications, { issuer })(query)
            .where('next_poll_at', '<=', now)
            .orderBy('next_poll_at')
            .limit(limit),
        ),
      );
      const taken = due.map((row) => ({ ...row, nextPollAt: until, revision: row.revision + 1 }));
      for (const { id, revision } of taken)
        await sql.update(
          verifications,
          { nextPollAt: until, revision },
          match(verifications, { issuer, id }),
        );
      return taken;
    },
    async hurryVerifications(issuer, at) {
      await sql.ask((knex) =>
        match(verifications, { issuer })(knex(verifications.name))
          .where('next_poll_at', '>', at)
          .whereNotNull('requested_at')
          .update({ next_poll_at: at })
          .increment('revision', 1),
      );
    },
    bindVerifyFlow: (issuer, fingerprint) => sql.insert(bindings, [{ issuer, fingerprint }]),
  };
}
