import { decideAnew } from '../awards/decide-anew.ts';
import type { VerificationRow } from '../store/verifications.ts';
import type { VerifyContext } from './verify-context.ts';

const pageSize = 100;

/**
 * Wipes what is sealed in verifications whose time is over, with their data keys. The decision, its times and its keyed hashes stay. Says
 * how many there were.
 */
export async function purgeVerifications({ issuer, store, clock }: VerifyContext): Promise<number> {
  let purged = 0;
  for (;;) {
    const now = clock.now();
    const due = await store.read.verificationsToPurge(issuer, now, pageSize);
    for (const { id } of due) {
      await decideAnew(store, async (tx) => {
        const row = await tx.lockVerification(issuer, id);
        if (row === undefined || row.purgeAt === null || row.purgeAt > now) return;
        await tx.updateVerification(purgedRow(row));
      });
      purged += 1;
    }
    if (due.length < pageSize) return purged;
  }
}

function purgedRow(row: VerificationRow): VerificationRow {
  return {
    ...row,
    wrappedKey: null,
    sealedDetails: null,
    sealedExpected: null,
    sealedAnswer: null,
    purgeAt: null,
  };
}
