import { describe, expect, test } from 'vitest';
import { StoreConflict } from '../../src/store/ports.ts';
import {
  awardRow,
  codeRow,
  hash,
  historyRow,
  jobRow,
  mailRow,
  newIssuer,
  recipientRow,
  sessionRow,
  start,
  stopRow,
  submissionRow,
} from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

export function isolationConformance(open: OpenStore): void {
  describe('issuers', () => {
    test('the same ids under another issuer are invisible', async () => {
      const { store } = open();
      const owner = newIssuer();
      const stranger = newIssuer();
      await storeEverything(open, owner);
      const { read } = store;
      expect(await read.issuer(stranger)).toBeUndefined();
      expect(await read.award(stranger, 'a1')).toBeUndefined();
      expect(await read.awardsByKey(stranger, [hash('key of a1')])).toEqual([]);
      expect(await read.awardVersions(stranger, hash('key of a1'))).toEqual([]);
      expect(await read.awardsOfRecipient(stranger, 'r1')).toEqual([]);
      expect(await read.listAwards({ issuer: stranger, limit: 10 })).toEqual({ awards: [] });
      expect(await read.countByState(stranger)).toEqual({});
      expect(await read.recipient(stranger, 'r1')).toBeUndefined();
      expect(await read.recipientsByEmail(stranger, [hash('r1@example.edu')])).toEqual([]);
      expect(await read.submissions(stranger, 'a1')).toEqual([]);
      expect(await read.submissionsDue(stranger, start * 2, 10)).toEqual([]);
      expect(await read.history(stranger, 'a1')).toEqual([]);
      expect(await read.mail(stranger, 'm1')).toBeUndefined();
      expect(await read.mails(stranger, 'intended', 10)).toEqual([]);
      expect(await read.claimSession(stranger, hash('session'))).toBeUndefined();
      expect(await read.isStopped(stranger, 'education')).toBe(false);
      expect(await read.stops(stranger, 9)).toEqual([]);
      expect(
        await store.jobs.claim({ issuers: [stranger], kinds: ['mail'], limit: 9, leaseMs: 1, now: start }),
      ).toEqual([]);
      await store.transaction(async (tx) => {
        expect(await tx.lockAward(stranger, 'a1')).toBeUndefined();
        expect(await tx.tryClaimCode(stranger, 'a1', hash('session'), 5, start)).toBeUndefined();
        await tx.deleteClaimCode(stranger, 'a1');
        await tx.deleteClaimSession(stranger, hash('session'));
      });
      expect(await read.claimSession(owner, hash('session'))).toBeDefined();
      const code = await store.transaction((tx) => tx.tryClaimCode(owner, 'a1', hash('session'), 5, start));
      expect(code).toBeDefined();
    });

    test('the same ids may be used by two issuers', async () => {
      const { store } = open();
      const [one, two] = [newIssuer(), newIssuer()];
      await storeEverything(open, one);
      await storeEverything(open, two);
      await store.transaction((tx) => tx.updateAward(awardRow(one, 'a1', 'r1', { generation: 2 })));
      expect((await store.read.award(two, 'a1'))?.generation).toBe(1);
    });

    test('nobody changes a row of another issuer', async () => {
      const { store } = open();
      const stranger = newIssuer();
      await storeEverything(open, newIssuer());
      const changes = [
        store.transaction((tx) => tx.updateAward(awardRow(stranger, 'a1', 'r1'))),
        store.transaction((tx) =>
          tx.updateRecipient(recipientRow(stranger, 'r1'), recipientRow(stranger, 'r1')),
        ),
        store.transaction((tx) => tx.updateSubmission(submissionRow(stranger, 's1', 'a1'))),
        store.transaction((tx) => tx.updateMail(mailRow(stranger, 'm1'), 'intended')),
        store.transaction((tx) => tx.insertAwards([awardRow(stranger, 'a1', 'r1')])),
      ];
      const outcomes = await Promise.allSettled(changes);
      expect(
        outcomes.map((outcome) => outcome.status === 'rejected' && StoreConflict.is(outcome.reason)),
      ).toEqual(changes.map(() => true));
    });
  });
}

async function storeEverything(open: OpenStore, issuer: string): Promise<void> {
  await open().store.transaction(async (tx) => {
    await tx.putIssuer(
      { issuer, clientId: 'c', namespaceFingerprint: 'n', claimKeyFingerprint: 'k' },
      undefined,
    );
    await tx.insertRecipients([recipientRow(issuer, 'r1')]);
    await tx.insertAwards([awardRow(issuer, 'a1', 'r1')]);
    await tx.insertSubmission(submissionRow(issuer, 's1', 'a1'));
    await tx.appendHistory([historyRow(issuer, 'a1')]);
    await tx.insertMails([mailRow(issuer, 'm1')]);
    await tx.putClaimSession(sessionRow(issuer));
    await tx.putClaimCode(codeRow(issuer));
    await tx.setStopped(stopRow(issuer, 'education'));
    await tx.enqueue([jobRow(issuer, { id: '00000000-0000-4000-8000-000000000001' })]);
  });
}
