import { verificationStandingOf } from '../../verify/verification-facts.ts';
import type { StoreConflict } from '../ports.ts';
import type { VerificationChanges, VerificationReads, VerificationRow } from '../verifications.ts';
import { keyOf, MemoryTable, type View } from './memory-table.ts';

interface StoredBinding {
  readonly issuer: string;
  readonly fingerprint: string;
}

/** Tables of the verify flow. */
export function verificationTables() {
  return {
    verifyBindings: new MemoryTable<StoredBinding>(({ issuer }) => issuer),
    verifications: new MemoryTable<VerificationRow>((row) => keyOf(row.issuer, row.id), {
      issuer: (row) => row.issuer,
      request: (row) => keyOf(row.issuer, row.requestId),
      reference: (row) => (row.referenceHash === null ? undefined : keyOf(row.issuer, row.referenceHash)),
      subject: (row) => (row.subjectHash === null ? undefined : keyOf(row.issuer, row.subjectHash)),
      polled: (row) => (row.nextPollAt === null ? undefined : row.issuer),
      purged: (row) => (row.purgeAt === null ? undefined : row.issuer),
    }),
  };
}

type VerificationTables = ReturnType<typeof verificationTables>;

/** Look-ups of the verify flow. */
export function verificationReads(
  { verifications, verifyBindings }: VerificationTables,
  view: View,
): VerificationReads {
  return {
    async verification(issuer, id) {
      return verifications.get(keyOf(issuer, id), view);
    },
    async verificationByRequest(issuer, requestId) {
      return verifications.find('request', keyOf(issuer, requestId), view)[0];
    },
    async verificationsByReference(issuer, referenceHash, limit) {
      return verifications
        .find('reference', keyOf(issuer, referenceHash), view)
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
        .slice(0, limit);
    },
    async verificationsOfSubject(issuer, subjectHash, limit) {
      return verifications.find('subject', keyOf(issuer, subjectHash), view).slice(0, limit);
    },
    async countVerificationsByState(issuer) {
      const counts: Record<string, number> = {};
      for (const { facts } of verifications.find('issuer', issuer, view)) {
        const { state } = verificationStandingOf(facts);
        counts[state] = (counts[state] ?? 0) + 1;
      }
      return counts;
    },
    async oldestOpenVerification(issuer) {
      const open = verifications
        .find('issuer', issuer, view)
        .filter(({ facts }) => verificationStandingOf(facts).state === 'open');
      return open.reduce<number | null>(
        (oldest, { createdAt }) => (oldest === null ? createdAt : Math.min(oldest, createdAt)),
        null,
      );
    },
    async verificationsToPurge(issuer, now, limit) {
      return verifications
        .find('purged', issuer, view)
        .filter(({ purgeAt }) => purgeAt !== null && purgeAt <= now)
        .sort((a, b) => Number(a.purgeAt) - Number(b.purgeAt))
        .slice(0, limit);
    },
    async verificationsUnderOtherKeys(issuer, keyId, after, limit) {
      return verifications
        .find('issuer', issuer, view)
        .filter((row) => row.wrappedKey !== null && row.keyId !== keyId && row.id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
    async countVerificationsByKey(issuer) {
      const counts: Record<string, number> = {};
      for (const { wrappedKey, keyId } of verifications.find('issuer', issuer, view)) {
        if (wrappedKey !== null) counts[keyId] = (counts[keyId] ?? 0) + 1;
      }
      return counts;
    },
    async verifyBinding(issuer) {
      return verifyBindings.get(issuer, view)?.fingerprint;
    },
  };
}

/** Changes of the verify flow. */
export function verificationChanges(
  { verifications, verifyBindings }: VerificationTables,
  conflict: () => StoreConflict,
): VerificationChanges {
  return {
    async insertVerification(row) {
      if (verifications.get(keyOf(row.issuer, row.id), 'own') !== undefined) throw conflict();
      if (verifications.find('request', keyOf(row.issuer, row.requestId), 'own').length > 0) throw conflict();
      verifications.put(row);
    },
    async lockVerification(issuer, id) {
      return verifications.get(keyOf(issuer, id), 'own');
    },
    async updateVerification(row) {
      const stored = verifications.get(keyOf(row.issuer, row.id), 'own');
      if (stored === undefined || stored.revision !== row.revision) throw conflict();
      const { requestId, expects, createdAt } = stored;
      verifications.put({ ...row, requestId, expects, createdAt, revision: row.revision + 1 });
    },
    async takeVerificationsDue(issuer, now, until, limit) {
      const due = verifications
        .find('polled', issuer, 'own')
        .filter(({ nextPollAt }) => nextPollAt !== null && nextPollAt <= now)
        .sort((a, b) => Number(a.nextPollAt) - Number(b.nextPollAt))
        .slice(0, limit);
      return due.map((row) => {
        const taken = { ...row, nextPollAt: until, revision: row.revision + 1 };
        verifications.put(taken);
        return taken;
      });
    },
    async hurryVerifications(issuer, at) {
      for (const row of verifications.find('polled', issuer, 'own')) {
        const later = row.nextPollAt !== null && row.nextPollAt > at && row.requestedAt !== null;
        if (later) verifications.put({ ...row, nextPollAt: at, revision: row.revision + 1 });
      }
    },
    async bindVerifyFlow(issuer, fingerprint) {
      if (verifyBindings.get(issuer, 'own') !== undefined) throw conflict();
      verifyBindings.put({ issuer, fingerprint });
    },
  };
}
