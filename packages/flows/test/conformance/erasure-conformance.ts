import { describe, expect, test } from 'vitest';
import { withErased } from '../../src/awards/award-facts.ts';
import type { ErasureRow, RetentionCutoffs } from '../../src/store/erasures.ts';
import { StoreConflict, type StoreTransaction } from '../../src/store/ports.ts';
import {
  awardRow,
  hash,
  historyRow,
  mailRow,
  newIssuer,
  recipientRow,
  sessionRow,
  start,
} from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

function erasureRow(issuer: string, id: string, change: Partial<ErasureRow> = {}): ErasureRow {
  return {
    issuer,
    id,
    at: start,
    who: 'staff-7',
    part: 'delivery_data',
    reason: 'asked_by_person',
    legalBasis: null,
    keyIds: ['k1', 'k2'],
    keysDroppedAt: null,
    recipients: 1,
    awards: 2,
    ...change,
  };
}

export function erasureConformance(open: OpenStore): void {
  describe('erasure', () => {
    const change = <T>(work: (tx: StoreTransaction) => Promise<T>) => open().other.transaction(work);
    const ended = (changed: Promise<unknown>) =>
      changed.then(
        () => 'changed',
        (error: unknown) => (StoreConflict.is(error) ? 'conflict' : String(error)),
      );

    test('hands awards to another recipient, sealed anew, and removes the former one with mails and sessions', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const award = awardRow(issuer, 'a1', 'r1');
      const record = recipientRow(issuer, 'r2', { sealedPerson: new Uint8Array() });
      await store.transaction(async (tx) => {
        await tx.insertRecipients([recipientRow(issuer, 'r1'), recipientRow(issuer, 'other')]);
        await tx.insertAwards([award]);
        await tx.insertMails([mailRow(issuer, 'm1'), mailRow(issuer, 'm2', { recipientId: 'other' })]);
        await tx.putClaimSession(sessionRow(issuer));
        await tx.putClaimSession(sessionRow(issuer, { idHash: hash('other'), recipientId: 'other' }));
      });
      expect(await ended(change((tx) => tx.removeRecipient(issuer, 'r1')))).toBe('conflict');
      const handed = {
        ...award,
        recipientId: 'r2',
        sealedCredential: hash('sealed anew'),
        generation: 2,
        facts: withErased(award.facts, 'delivery_data'),
      };
      expect(await ended(change((tx) => tx.handAwards([handed])))).toBe('conflict');
      const removed = await change(async (tx) => {
        await tx.insertRecipients([record]);
        await tx.handAwards([handed]);
        return tx.removeRecipient(issuer, 'r1');
      });
      expect(removed).toEqual({ mails: 1, claimSessions: 1 });
      expect(await store.read.recipient(issuer, 'r1')).toBeUndefined();
      expect(await store.read.award(issuer, 'a1')).toEqual({ ...handed, revision: 2 });
      expect(await store.read.awardsOfRecipient(issuer, 'r1')).toEqual([]);
      expect(await store.read.awardsOfRecipient(issuer, 'r2')).toHaveLength(1);
      expect(await store.read.countByState(issuer)).toEqual({ erased: 1 });
      expect(await store.read.mail(issuer, 'm1')).toBeUndefined();
      expect(await store.read.mail(issuer, 'm2')).toBeDefined();
      expect(await store.read.claimSession(issuer, hash('session'))).toBeUndefined();
      expect(await store.read.claimSession(issuer, hash('other'))).toBeDefined();
      expect(await ended(change((tx) => tx.handAwards([handed])))).toBe('conflict');
    });

    test('is undone as a whole', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.insertRecipients([recipientRow(issuer, 'r1')]));
      const undone = change(async (tx) => {
        await tx.lockErasures(issuer);
        await tx.removeRecipient(issuer, 'r1');
        await tx.putSuppressions([{ issuer, hash: hash('x'), erasureId: 'e1', at: start }]);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await store.read.recipient(issuer, 'r1')).toBeDefined();
      expect(await store.read.suppressions(issuer, [hash('x')])).toEqual([]);
    });

    test('people are found by subject', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const [older, newer] = [
        recipientRow(issuer, 'r2', { subjectHash: hash('s') }),
        recipientRow(issuer, 'r1', { subjectHash: hash('s'), createdAt: start + 1 }),
      ];
      await store.transaction((tx) =>
        tx.insertRecipients([newer, older, recipientRow(issuer, 'r3', { subjectHash: hash('t') })]),
      );
      const found = await store.read.recipientsBySubject(issuer, hash('s'));
      expect(found.map(({ id }) => id)).toEqual(['r2', 'r1']);
      expect(await store.read.recipientsBySubject(newIssuer(), hash('s'))).toEqual([]);
    });

    test('what is suppressed is found by hash, and lifted together', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const entry = (of: string, erasureId: string) => ({ issuer, hash: hash(of), erasureId, at: start });
      await change((tx) => tx.putSuppressions([entry('a', 'e1'), entry('b', 'e1'), entry('c', 'e2')]));
      await change((tx) => tx.putSuppressions([entry('b', 'e3')]));
      const found = async () => {
        const rows = await store.read.suppressions(issuer, ['a', 'b', 'c', 'd'].map(hash));
        return rows.map(({ erasureId }) => erasureId).sort();
      };
      expect(await found()).toEqual(['e1', 'e2', 'e3']);
      expect(await change((tx) => tx.suppressions(issuer, [hash('a')]))).toEqual([entry('a', 'e1')]);
      expect(await change((tx) => tx.deleteSuppressions(issuer, 'e1'))).toBe(1);
      expect(await found()).toEqual(['e2', 'e3']);
      expect(await store.read.suppressions(newIssuer(), [hash('b')])).toEqual([]);
    });

    test('an erasure waits for whoever has read that nothing is suppressed, and sees what they stored', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const row = recipientRow(issuer, 'r1');
      let erasing: Promise<unknown> = Promise.resolve();
      await store.transaction(async (tx) => {
        expect(await tx.suppressions(issuer, [row.emailHash])).toEqual([]);
        erasing = other.transaction(async (erasure) => {
          await erasure.lockErasures(issuer);
          return erasure.recipientsByEmail(issuer, [row.emailHash]);
        });
        // Another process has all the time to erase, were it not for us.
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
        await tx.insertRecipients([row]);
      });
      expect(await erasing).toHaveLength(1);
    });

    test('holds are found by hash, listed oldest first, and lifted once', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const hold = (of: string, at: number) => ({
        issuer,
        hash: hash(of),
        reason: 'legal_claim',
        at,
        who: 'staff-7',
      });
      await change(async (tx) => {
        await tx.putHold(hold('a', start + 2));
        await tx.putHold(hold('b', start + 1));
        await tx.putHold({ ...hold('a', start + 3), reason: 'audit' });
      });
      expect(await store.read.holds(issuer, [hash('a'), hash('c')])).toEqual([
        { ...hold('a', start + 3), reason: 'audit' },
      ]);
      expect((await store.read.allHolds(issuer, 10)).map(({ at }) => at - start)).toEqual([1, 3]);
      expect(await store.read.allHolds(issuer, 1)).toHaveLength(1);
      expect(await change((tx) => tx.deleteHold(issuer, hash('a')))).toBe(true);
      expect(await change((tx) => tx.deleteHold(issuer, hash('a')))).toBe(false);
      expect(await store.read.holds(issuer, [hash('a')])).toEqual([]);
    });

    test('erasures are listed newest first, and those with keys oldest first until their keys are gone', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const [first, second] = [erasureRow(issuer, 'e1'), erasureRow(issuer, 'e2', { at: start + 1 })];
      await change(async (tx) => {
        await tx.insertErasure(first);
        await tx.insertErasure(second);
      });
      expect(await ended(change((tx) => tx.insertErasure(first)))).toBe('conflict');
      expect(await store.read.erasures(issuer, 10)).toEqual([second, first]);
      expect(await store.read.erasuresWithKeys(issuer, 10)).toEqual([first, second]);
      await change((tx) => tx.recordKeysDropped(issuer, ['e1'], start + 5));
      await change((tx) => tx.recordKeysDropped(issuer, ['e1'], start + 9));
      expect(await store.read.erasuresWithKeys(issuer, 10)).toEqual([second]);
      expect(await store.read.erasure(issuer, 'e1')).toEqual({ ...first, keysDroppedAt: start + 5 });
      expect(await store.read.erasure(newIssuer(), 'e1')).toBeUndefined();
    });

    test('keys are retired for good, each issuer its own', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await change(async (tx) => {
        await tx.lockErasures(issuer);
        await tx.retireKeys(issuer, ['k1', 'k2']);
        await tx.retireKeys(issuer, ['k1']);
      });
      expect(await store.read.isKeyRetired(issuer, 'k1')).toBe(true);
      expect(await store.read.isKeyRetired(issuer, 'k3')).toBe(false);
      expect(await store.read.isKeyRetired(newIssuer(), 'k1')).toBe(false);
    });

    test('a recipient is read for keeping', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.insertRecipients([recipientRow(issuer, 'r1')]));
      expect((await change((tx) => tx.keepRecipient(issuer, 'r1')))?.id).toBe('r1');
      expect(await change((tx) => tx.keepRecipient(issuer, 'r2'))).toBeUndefined();
    });
  });

  describe('retention', () => {
    const day = 24 * 3_600_000;

    test('finds the recipients whose awards all stand still, page by page', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const verified = { submissions: [{ attempt: 1, outcome: 'verified' as const }] };
      const submitted = { submissions: [{ attempt: 1, outcome: 'open' as const }] };
      await store.transaction(async (tx) => {
        const none = new Uint8Array();
        await tx.insertRecipients([
          ...['added', 'late', 'mixed', 'ready', 'submitted', 'without'].map((id) =>
            recipientRow(issuer, id, { createdAt: start - 9 * day }),
          ),
          recipientRow(issuer, 'record', { sealedPerson: none }),
          recipientRow(issuer, 'stone', { sealedPerson: none, wrappedKey: null }),
        ]);
        await tx.insertAwards([
          awardRow(issuer, 'a1', 'added', { facts: verified }),
          awardRow(issuer, 'a2', 'late', { facts: verified }),
          awardRow(issuer, 'a3', 'mixed', { facts: verified }),
          awardRow(issuer, 'a4', 'mixed'),
          awardRow(issuer, 'a5', 'ready'),
          awardRow(issuer, 'a6', 'submitted', { facts: submitted }),
          awardRow(issuer, 'a7', 'record', { facts: withErased(verified, 'delivery_data') }),
          awardRow(issuer, 'a8', 'stone', { facts: withErased(verified, 'everything') }),
        ]);
        await tx.appendHistory([
          historyRow(issuer, 'a1'),
          historyRow(issuer, 'a2'),
          historyRow(issuer, 'a2', { at: start + 5 * day, what: 'added' }),
        ]);
      });
      const past = async (cutoffs: RetentionCutoffs, after = '', limit = 100) => {
        const { recipients, last } = await open().other.read.recipientsPastRetention(
          issuer,
          cutoffs,
          after,
          limit,
        );
        return [...recipients.map(({ id }) => id), ...(last === undefined ? [] : [`after ${last}`])];
      };
      const at = start + 2 * day;
      expect(await past({})).toEqual([]);
      expect(await past({ ended: start - 10 * day })).toEqual([]);
      expect(await past({ ended: at })).toEqual(['added', 'without']);
      expect(await past({ ended: start + 5 * day })).toEqual(['added', 'late', 'without']);
      expect(await past({ unclaimed: at })).toEqual(['ready']);
      expect(await past({ ended: at, unclaimed: at })).toEqual(['added', 'mixed', 'ready', 'without']);
      expect(await past({ records: at })).toEqual(['record']);
      expect(await past({ ended: at, unclaimed: at }, '', 3)).toEqual(['added', 'mixed', 'after mixed']);
      expect(await past({ ended: at, unclaimed: at }, 'mixed', 3)).toEqual(['ready', 'after stone']);
      expect(await past({ ended: at, unclaimed: at }, 'stone', 3)).toEqual(['without']);
    });
  });
}
