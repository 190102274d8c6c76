import { describe, expect, test } from 'vitest';
import { type Store, StoreConflict, type StoreTransaction } from '../../src/store/ports.ts';
import {
  awardRow,
  hash,
  historyRow,
  mailRow,
  newIssuer,
  recipientRow,
  start,
  stopRow,
  submissionRow,
} from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';
import { storeAward } from './transaction-conformance.ts';

export function awardConformance(open: OpenStore): void {
  describe('awards and what belongs to them', () => {
    test('rows come back as they were stored', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const recipient = recipientRow(issuer, 'r1', { subjectHash: hash('subject') });
      const facts = { linkClosure: 'withdrawn', submissions: [{ attempt: 1, outcome: 'verified' }] } as const;
      const award = awardRow(issuer, 'a1', 'r1', { facts, version: 3 });
      const submission = submissionRow(issuer, 's1', 'a1', { nextPollAt: null, lastAskedAt: start + 1 });
      const line = historyRow(issuer, 'a1', { who: 'staff-7', why: 'wrong name', payloadHash: hash('p') });
      const mail = mailRow(issuer, 'm1', { sentAt: start + 5, state: 'accepted' });
      const owner = { issuer, clientId: 'client', namespaceFingerprint: 'n', claimKeyFingerprint: 'k' };
      await store.transaction(async (tx) => {
        await tx.putIssuer({ ...owner, clientId: 'former' }, undefined);
        await tx.putIssuer(owner, { ...owner, clientId: 'former' });
        await tx.insertRecipients([recipient]);
        await tx.insertAwards([award]);
        await tx.insertSubmission(submission);
        await tx.appendHistory([line]);
        await tx.insertMails([mail]);
      });
      expect(await other.read.issuer(issuer)).toEqual(owner);
      expect(plain(await other.read.recipient(issuer, 'r1'))).toEqual(plain(recipient));
      expect(plain(await other.read.award(issuer, 'a1'))).toEqual(plain(award));
      expect(plain(await other.read.submissions(issuer, 'a1'))).toEqual(plain([submission]));
      expect(plain(await other.read.history(issuer, 'a1'))).toEqual(plain([line]));
      expect(await other.read.mail(issuer, 'm1')).toEqual(mail);
    });

    test('what an issuer is bound to is replaced only by who read it as it is', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const row = (claimKeyFingerprint: string) => ({
        issuer,
        clientId: 'client',
        namespaceFingerprint: 'n',
        claimKeyFingerprint,
      });
      const put = (on: Store, ...binding: Parameters<StoreTransaction['putIssuer']>) =>
        on.transaction((tx) => tx.putIssuer(...binding));
      const conflicts = (change: Promise<void>) =>
        expect(change).rejects.toSatisfy((error) => StoreConflict.is(error));
      await conflicts(put(store, row('a'), row('nothing was stored')));
      await put(store, row('a'), undefined);
      await conflicts(put(other, row('b'), undefined));
      await conflicts(put(other, row('b'), row('c')));
      await conflicts(put(other, row('b'), { ...row('a'), clientId: 'another' }));
      await conflicts(put(other, row('b'), { ...row('a'), namespaceFingerprint: 'another' }));
      expect(await store.read.issuer(issuer)).toEqual(row('a'));
      await put(other, row('b'), row('a'));
      expect(await store.read.issuer(issuer)).toEqual(row('b'));
    });

    test('what is not there is undefined', async () => {
      const { read } = open().store;
      const issuer = newIssuer();
      expect(await read.issuer(issuer)).toBeUndefined();
      expect(await read.award(issuer, 'a1')).toBeUndefined();
      expect(await read.recipient(issuer, 'r1')).toBeUndefined();
      expect(await read.mail(issuer, 'm1')).toBeUndefined();
      expect(await read.claimSession(issuer, hash('s'))).toBeUndefined();
      expect(await open().store.transaction((tx) => tx.lockAward(issuer, 'a1'))).toBeUndefined();
    });

    test('inserting nothing is fine', async () => {
      await open().store.transaction(async (tx) => {
        await tx.insertRecipients([]);
        await tx.insertAwards([]);
        await tx.appendHistory([]);
        await tx.insertMails([]);
        await tx.enqueue([]);
        expect(await tx.awardsByKey(newIssuer(), [])).toEqual([]);
        expect(await tx.recipientsByEmail(newIssuer(), [])).toEqual([]);
      });
    });

    test('700 awards go in at once, each with its own values', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const numbers = Array.from({ length: 700 }, (_, at) => at);
      await store.transaction(async (tx) => {
        await tx.insertRecipients(numbers.map((at) => recipientRow(issuer, `r${at}`)));
        await tx.insertAwards(
          numbers.map((at) =>
            awardRow(issuer, `a${at}`, `r${at}`, { sealedCredential: hash(`sealed ${at}`) }),
          ),
        );
        await tx.appendHistory(
          numbers.map((at) => historyRow(issuer, `a${at}`, { why: at % 2 === 0 ? null : `${at}` })),
        );
      });
      const award = await store.read.award(issuer, 'a613');
      expect(plain(award)).toMatchObject({ recipientId: 'r613', sealedCredential: hex(hash('sealed 613')) });
      expect((await store.read.history(issuer, 'a613'))[0]?.why).toBe('613');
      expect((await store.read.history(issuer, 'a612'))[0]?.why).toBeNull();
      const found = await store.read.awardsByKey(
        issuer,
        numbers.map((at) => hash(`key of a${at}`)),
      );
      expect(found).toHaveLength(700);
    });

    test.each<[string, (tx: StoreTransaction, issuer: string) => Promise<void>]>([
      ['a recipient that exists', (tx, issuer) => tx.insertRecipients([recipientRow(issuer, 'r1')])],
      [
        'an award id that exists',
        (tx, issuer) => tx.insertAwards([awardRow(issuer, 'a1', 'r1', { keyHash: hash('x') })]),
      ],
      [
        'a key and version that exist',
        (tx, issuer) => tx.insertAwards([awardRow(issuer, 'a9', 'r1', { keyHash: hash('key of a1') })]),
      ],
      ['an award of nobody', (tx, issuer) => tx.insertAwards([awardRow(issuer, 'a9', 'nobody')])],
      ['a submission of no award', (tx, issuer) => tx.insertSubmission(submissionRow(issuer, 's9', 'a9'))],
      [
        'a submission id that exists',
        (tx, issuer) => tx.insertSubmission(submissionRow(issuer, 's1', 'a1', { attempt: 2 })),
      ],
      ['an attempt that exists', (tx, issuer) => tx.insertSubmission(submissionRow(issuer, 's9', 'a1'))],
      [
        'a mail that exists',
        (tx, issuer) => tx.insertMails([mailRow(issuer, 'm1', { messageId: `<9.${issuer}>` })]),
      ],
      [
        'a message id that exists',
        (tx, issuer) => tx.insertMails([mailRow(issuer, 'm9', { messageId: `<m1.${issuer}@example.edu>` })]),
      ],
      ['an update of no award', (tx, issuer) => tx.updateAward(awardRow(issuer, 'a9', 'r1'))],
      [
        'an update of an older revision',
        (tx, issuer) => tx.updateAward(awardRow(issuer, 'a1', 'r1', { revision: 0 })),
      ],
      [
        'an update of no recipient',
        (tx, issuer) => tx.updateRecipient(recipientRow(issuer, 'r9'), recipientRow(issuer, 'r9')),
      ],
      ['an update of no submission', (tx, issuer) => tx.updateSubmission(submissionRow(issuer, 's9', 'a1'))],
      ['an update of no mail', (tx, issuer) => tx.updateMail(mailRow(issuer, 'm9'), 'intended')],
    ])('refuses %s as a conflict, and undoes the rest', async (_, change) => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAwardWithMail(store, issuer);
      const refused = store.transaction(async (tx) => {
        await tx.setStopped(stopRow(issuer, null));
        await change(tx, issuer);
      });
      expect(StoreConflict.is(await refused.catch((error: unknown) => error))).toBe(true);
      expect(await store.read.isStopped(issuer, null)).toBe(false);
    });

    test('an update raises the revision and keeps what never changes', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAward(store, issuer);
      const change = {
        generation: 2,
        version: 9,
        credentialType: 'microcredential',
        createdAt: 5,
        keyHash: hash('x'),
      };
      await store.transaction((tx) => tx.updateAward(awardRow(issuer, 'a1', 'r1', change)));
      expect(plain(await store.read.award(issuer, 'a1'))).toEqual(
        plain(awardRow(issuer, 'a1', 'r1', { generation: 2, revision: 2 })),
      );
    });

    test('an erased recipient keeps its row without its key', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAward(store, issuer);
      const erased = recipientRow(issuer, 'r1', { wrappedKey: null });
      await store.transaction((tx) => tx.updateRecipient(erased, recipientRow(issuer, 'r1')));
      expect((await store.read.recipient(issuer, 'r1'))?.wrappedKey).toBeNull();
    });

    test('finds the newest version of each key, and recipients by address', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction(async (tx) => {
        await tx.insertRecipients([recipientRow(issuer, 'r1'), recipientRow(issuer, 'r2')]);
        const key = { keyHash: hash('degree') };
        await tx.insertAwards([awardRow(issuer, 'v1', 'r1', key), awardRow(issuer, 'other', 'r2')]);
        await tx.insertAwards([awardRow(issuer, 'v2', 'r1', { ...key, version: 2, createdAt: start + 1 })]);
      });
      const keys = [hash('degree'), hash('key of other'), hash('nothing'), hash('degree')];
      const found = await store.read.awardsByKey(issuer, keys);
      expect(found.map(({ id }) => id).sort()).toEqual(['other', 'v2']);
      expect((await store.read.awardsOfRecipient(issuer, 'r1')).map(({ id }) => id)).toEqual(['v1', 'v2']);
      const people = await store.read.recipientsByEmail(issuer, [hash('r2@example.edu'), hash('x')]);
      expect(people.map(({ id }) => id)).toEqual(['r2']);
      expect((await store.read.awardVersions(issuer, hash('degree'))).map(({ id }) => id)).toEqual([
        'v1',
        'v2',
      ]);
    });

    test('finds what a subject has: newest versions, newest first, at every address, and no more than asked for', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const subject = { subjectHash: hash('s') };
      const later = (ms: number) => ({ createdAt: start + ms });
      await store.transaction(async (tx) => {
        await tx.insertRecipients([
          recipientRow(issuer, 'home', subject),
          recipientRow(issuer, 'work', subject),
          recipientRow(issuer, 'other', { subjectHash: hash('t') }),
          recipientRow(issuer, 'nameless'),
        ]);
        const degree = { keyHash: hash('degree') };
        const given = { keyHash: hash('given away') };
        await tx.insertAwards([
          awardRow(issuer, 'v1', 'home', degree),
          awardRow(issuer, 'v2', 'work', { ...degree, version: 2, ...later(1) }),
          awardRow(issuer, 'mine once', 'home', given),
          awardRow(issuer, 'theirs', 'other', { ...given, version: 2, ...later(9) }),
          awardRow(issuer, 'b', 'home', later(2)),
          awardRow(issuer, 'a', 'work', later(2)),
          awardRow(issuer, 'nobody', 'nameless', later(8)),
        ]);
      });
      const found = async (limit: number, of = 's') =>
        (await store.read.awardsOfSubject(issuer, hash(of), limit)).map(({ id }) => id);
      expect(await found(10)).toEqual(['b', 'a', 'v2']);
      expect(await found(2)).toEqual(['b', 'a']);
      expect(await found(10, 't')).toEqual(['theirs']);
      expect(await found(10, 'x')).toEqual([]);
      expect(await store.read.awardsOfSubject(newIssuer(), hash('s'), 10)).toEqual([]);
    });

    test('history keeps the order of appending within one millisecond', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const lines = Array.from({ length: 30 }, (_, at) => historyRow(issuer, 'a1', { what: `step ${at}` }));
      await store.transaction((tx) => tx.appendHistory(lines.slice(0, 20)));
      await store.transaction((tx) => tx.appendHistory(lines.slice(20)));
      expect((await store.read.history(issuer, 'a1')).map(({ what }) => what)).toEqual(
        lines.map(({ what }) => what),
      );
    });

    test('a submission keeps what was sent; only what became of it changes', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAwardWithMail(store, issuer);
      const later = {
        acknowledged: true,
        outcome: 'verified',
        lastAskedAt: start + 9,
        nextPollAt: null,
      } as const;
      const update = submissionRow(issuer, 's1', 'a1', { ...later, submittedAt: 1, payloadHash: hash('x') });
      await store.transaction((tx) => tx.updateSubmission(update));
      expect(plain(await store.read.submissions(issuer, 'a1'))).toEqual(
        plain([submissionRow(issuer, 's1', 'a1', later)]),
      );
    });

    test('a submission that was acknowledged stays so when somebody who had read it before changes it', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await storeAwardWithMail(store, issuer);
      const readBefore = submissionRow(issuer, 's1', 'a1', { lastAskedAt: start + 9 });
      await store.transaction((tx) => tx.acknowledgeSubmission(issuer, 's1'));
      await store.transaction((tx) => tx.updateSubmission(readBefore));
      expect(await store.read.submissions(issuer, 'a1')).toMatchObject([
        { acknowledged: true, lastAskedAt: start + 9 },
      ]);
    });
  });
}

async function storeAwardWithMail(store: Store, issuer: string): Promise<void> {
  await storeAward(store, issuer);
  await store.transaction(async (tx) => {
    await tx.insertSubmission(submissionRow(issuer, 's1', 'a1'));
    await tx.insertMails([mailRow(issuer, 'm1')]);
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** With bytes as text, so that a Buffer equals a Uint8Array of the same content. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
