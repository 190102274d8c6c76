import type { ClaimCodeRow, ClaimSessionRow, StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { lookUp, type LookUpGathering } from './look-up.ts';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';

/** Browsers on their way through the claim pages. */
export const claimSessions = table<ClaimSessionRow>('claim_sessions', {
  issuer: 'key',
  idHash: 'hash',
  awardId: 'key',
  recipientId: 'key',
  generation: 'integer',
  provedAt: 'time',
  provedBy: 'text',
  expiresAt: 'time',
});

/** Mailed codes, one an award. */
export const claimCodes = table<ClaimCodeRow>('claim_codes', {
  issuer: 'key',
  awardId: 'key',
  sessionHash: 'hash',
  emailHash: 'hash',
  codeHash: 'hash',
  tries: 'integer',
  expiresAt: 'time',
});

/** Look-ups of claims. */
export function claimReads(sql: Sql, gathering: LookUpGathering): Pick<StoreReads, 'claimSession'> {
  const byId = lookUp(sql, { table: claimSessions, by: 'idHash' }, gathering);
  return { claimSession: async (issuer, idHash) => (await byId(issuer, idHash))[0] };
}

type ClaimChanges = Pick<
  StoreTransaction,
  'putClaimSession' | 'deleteClaimSession' | 'putClaimCode' | 'tryClaimCode' | 'deleteClaimCode'
>;

/** Changes of claims. */
export function claimChanges(sql: Sql): ClaimChanges {
  return {
    putClaimSession: (row) => sql.put(claimSessions, row, ['issuer', 'idHash']),
    async deleteClaimSession(issuer, idHash) {
      await sql.remove(claimSessions, match(claimSessions, { issuer, idHash }));
    },
    putClaimCode: (row) => sql.put(claimCodes, row, ['issuer', 'awardId']),
    async tryClaimCode(issuer, awardId, sessionHash, maxTries, now) {
      // Locked: of many guesses at the same time each sees the count of the one before.
      const code = await sql.first(claimCodes, (query) =>
        match(claimCodes, { issuer, awardId, sessionHash })(query)
          .where('tries', '<', maxTries)
          .where('expires_at', '>', now)
          .forUpdate(),
      );
      if (code === undefined) return undefined;
      await sql.update(claimCodes, { tries: code.tries + 1 }, match(claimCodes, { issuer, awardId }));
      return code;
    },
    async deleteClaimCode(issuer, awardId) {
      await sql.remove(claimCodes, match(claimCodes, { issuer, awardId }));
    },
  };
}
