import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/awards/award-facts.ts';
import type { AwardInput } from '../../src/awards/award-input.ts';
import type { AwardResult } from '../../src/awards/award-result.ts';
import { eraseLearner } from '../../src/erasure/erase-learner.ts';
import { issueAward, issueAwards } from '../../src/awards/issue-awards.ts';
import { recipientId } from '../../src/awards/recipient-identity.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import type { Store, StoreTransaction } from '../../src/store/ports.ts';
import { awardInput, lan, microcredential, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { stopRow } from '../conformance/sample-rows.ts';

async function all(
  context: FlowContext,
  inputs: readonly AwardInput[],
  run = sampleRun,
): Promise<AwardResult[]> {
  const results: AwardResult[] = [];
  for await (const result of issueAwards(context, inputs, run)) results.push(result);
  return results;
}

function awardIdOf(result: AwardResult): string {
  if (result.result === 'refused') throw new Error(result.problems.map(({ code }) => code).join());
  return result.awardId;
}

function codesOf(result: AwardResult): string[] {
  return result.result === 'refused' ? result.problems.map(({ code }) => code) : [];
}

const renamed = awardInput({ credential: microcredential({ microcredential_name: 'Welding in Dry Docks' }) });
const reissued = awardInput({ credential: microcredential({ issue_date: '2026-02-27' }) });

describe('awarding', () => {
  it('stores award, history and one mail job, and nothing readable', async () => {
    const { context, store, clock } = await openAddFlow();
    const result = await issueAward(context, awardInput(), sampleRun);
    expect(result).toMatchObject({ result: 'created', version: 1, key: '2026/WELD/104233' });
    const award = await store.read.award('default', awardIdOf(result));
    expect(award).toMatchObject({ generation: 1, credentialType: 'microcredential' });
    expect(Buffer.from(award?.sealedCredential ?? []).includes('Welding')).toBe(false);
    expect(await store.read.history('default', awardIdOf(result))).toMatchObject([
      { what: 'created', who: 'staff-7' },
    ]);
    const jobs = await store.jobs.claim({
      issuers: ['default'],
      kinds: ['claim_mail'],
      limit: 10,
      leaseMs: 1000,
      now: clock.now(),
    });
    expect(jobs).toMatchObject([{ refs: { recipientId: award?.recipientId } }]);
  });

  it('does nothing the second time', async () => {
    const { context, store } = await openAddFlow();
    const first = await issueAward(context, awardInput(), sampleRun);
    const second = await issueAward(context, awardInput(), { ...sampleRun, runId: 'run-2' });
    expect(second).toMatchObject({ result: 'unchanged', awardId: awardIdOf(first) });
    expect(await store.read.history('default', awardIdOf(first))).toHaveLength(1);
  });

  it.each([
    ['replaces', reissued],
    ['adds-a-second', renamed],
  ] as const)(
    'a correction %s, closes the former link and counts the version',
    async (effect, correction) => {
      const { context, store, issue } = await openAddFlow();
      const former = await issue();
      const result = await issueAward(context, correction, sampleRun);
      expect(result).toMatchObject({ result: effect, version: 2 });
      expect(awardIdOf(result)).not.toBe(former);
      const row = await store.read.award('default', former);
      expect(row && standingOf(row.facts).state).toBe('superseded');
      expect((await store.read.history('default', former)).map(({ what }) => what)).toEqual([
        'created',
        'superseded',
      ]);
    },
  );

  it('says so when SEEK Pass does not document what an update does', async () => {
    const { context } = await openAddFlow();
    const credential = (country: string): AwardInput['credential'] => ({
      credential_type: 'right_to_work',
      fields: { full_name: 'Nguyễn Thị Lan', country },
    });
    await issueAward(context, awardInput({ credential: credential('VN') }), sampleRun);
    const result = await issueAward(context, awardInput({ credential: credential('TH') }), sampleRun);
    expect(result.result).toBe('undocumented');
  });

  it.each([
    ['e-mail', { ...lan, email: 'eve@example.edu' }],
    ['name', { ...lan, fullName: 'Eve Adams' }],
    ['subject', { ...lan, subject: 'sis:999' }],
  ])('security rule 12: refuses another recipient under the same key, by %s', async (_, recipient) => {
    const { context, store, issue } = await openAddFlow();
    const awardId = await issue();
    const result = await issueAward(
      context,
      awardInput({ recipient, credential: reissued.credential }),
      sampleRun,
    );
    expect(codesOf(result)).toEqual(['other_recipient']);
    expect(await store.read.history('default', awardId)).toHaveLength(1);
    expect(await store.read.recipient('default', recipientId(context, recipient))).toBeUndefined();
  });

  it('keeps two people who share a mailbox apart, and one person with two awards together', async () => {
    const { context, store } = await openAddFlow();
    const twin = { fullName: 'Nguyễn Văn Minh', email: 'LAN@example.edu', subject: 'sis:104234' };
    const results = await all(context, [
      awardInput(),
      awardInput({ key: 'b' }),
      awardInput({ key: 'c', recipient: twin }),
    ]);
    const rows = await Promise.all(results.map((result) => store.read.award('default', awardIdOf(result))));
    expect(new Set(rows.map((row) => row?.recipientId)).size).toBe(2);
    expect(await store.read.awardsOfRecipient('default', recipientId(context, lan))).toHaveLength(2);
    expect(await store.read.awardsOfRecipient('default', recipientId(context, twin))).toHaveLength(1);
  });

  it('keeps what an import is silent about: the guardian proof of a minor stays', async () => {
    const { context, store, issue } = await openAddFlow();
    await issue({ recipient: { ...lan, minor: true, locale: 'vi' } });
    await issue({ key: 'b', recipient: { ...lan, locale: 'th' } });
    const row = await store.read.recipient('default', recipientId(context, lan));
    if (row === undefined) throw new Error('no recipient');
    const person = context.records.openPerson(await context.records.dataKeyOf(row), row);
    expect(person).toMatchObject({ minor: true, locale: 'th' });
  });

  it('refuses to issue to somebody who was erased', async () => {
    const { context, issue } = await openAddFlow();
    await issue();
    await eraseLearner(context, { of: { email: lan.email }, reason: 'asked_by_person', who: 'staff-7' });
    expect(codesOf(await issueAward(context, awardInput({ key: 'b' }), sampleRun))).toEqual([
      'erased_before',
    ]);
  });
});

describe('a file with the same key twice', () => {
  it('takes a repeated row once', async () => {
    const { context } = await openAddFlow();
    const [first, second] = await all(context, [awardInput(), awardInput()]);
    expect([first?.result, second?.result]).toEqual(['created', 'unchanged']);
    expect(second).toMatchObject({ awardId: first && awardIdOf(first) });
  });

  it.each([
    ['credential', reissued],
    ['recipient', awardInput({ recipient: { ...lan, email: 'eve@example.edu' } })],
  ])('refuses the second row when its %s differs', async (_, second) => {
    const { context, store } = await openAddFlow();
    const results = await all(context, [awardInput(), second]);
    expect(results.map(codesOf)).toEqual([[], ['duplicate_key']]);
    expect(await store.read.countByState('default')).toEqual({ ready: 1 });
  });

  it('also across batches, and again when the run is resumed', async () => {
    const { context } = await openAddFlow();
    const filler = Array.from({ length: 600 }, (_, at) => awardInput({ key: `filler ${at}` }));
    const inputs = [awardInput(), ...filler, reissued];
    for (const runId of ['run-1', 'run-1', 'run-2']) {
      const results = await all(context, inputs, { ...sampleRun, runId });
      expect(results.at(-1)).toMatchObject({ result: 'refused' });
      expect(results.slice(0, -1).every(({ result }) => result !== 'refused')).toBe(true);
    }
  });

  it('puts as many into one transaction as the store takes at once', async () => {
    const { context, store } = await openAddFlow();
    const together: number[] = [];
    const transaction: Store['transaction'] = (work) =>
      store.transaction((tx) => {
        const insertAwards: StoreTransaction['insertAwards'] = async (rows) => {
          together.push(rows.length);
          await tx.insertAwards(rows);
        };
        return work({ ...tx, insertAwards });
      });
    const inputs = ['a', 'b', 'c', 'd', 'e'].map((key) => awardInput({ key }));
    const results = await all({ ...context, store: { ...store, transaction, awardsAtOnce: 2 } }, inputs);
    expect(results).toHaveLength(5);
    expect(together).toEqual([2, 2, 1]);
  });

  it('queues one mail a person for each batch, and none when it is repeated', async () => {
    const { context, store, clock } = await openAddFlow();
    const inputs = Array.from({ length: 1_100 }, (_, at) => awardInput({ key: `award ${at}` }));
    await all(context, inputs);
    await all(context, inputs);
    const request = { issuers: ['default'], kinds: ['claim_mail'], limit: 10, leaseMs: 1000 };
    expect(await store.jobs.claim({ ...request, now: clock.now() })).toHaveLength(3);
  });
});

describe('a run that ends early', () => {
  const filler = Array.from({ length: 1_200 }, (_, at) => awardInput({ key: `award ${at}` }));

  it('because its caller stops leaves nothing going on', async () => {
    const { context, store } = await openAddFlow();
    const seen: string[] = [];
    for await (const { result } of issueAwards(context, filler, sampleRun)) {
      seen.push(result);
      break;
    }
    const stored = await store.read.countByState('default');
    expect(seen).toEqual(['created']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await store.read.countByState('default')).toEqual(stored);
  });

  it('because the store fails says so, also when the source is slow, and is repeated safely', async () => {
    const { context, store } = await openAddFlow();
    async function* slowly() {
      for (const input of filler) {
        if (input.key === 'award 600') await new Promise((resolve) => setTimeout(resolve, 20));
        yield input;
      }
    }
    const transaction = () => Promise.reject(new Error('the store is down'));
    const failing = issueAwards({ ...context, store: { ...store, transaction } }, slowly(), sampleRun);
    await expect(failing.next()).rejects.toThrow('the store is down');
    expect((await all(context, filler)).every(({ result }) => result === 'created')).toBe(true);
  });
});

describe('what is refused', () => {
  it('names every field at fault and no value', async () => {
    const { context } = await openAddFlow();
    const recipient = { ...lan, email: 'lan@example.edu, eve@example.org' };
    const credential = microcredential({ issue_date: '20.02.2026' });
    const result = await issueAward(context, { key: '', recipient, credential }, sampleRun);
    expect(result.result === 'refused' && result.problems.map(({ path }) => path)).toEqual([
      'key',
      'recipient.email',
      'credential.fields.issue_date',
    ]);
    expect(JSON.stringify(result)).not.toContain('eve@');
  });

  it.each([undefined, null, 7, {}, { key: 'a', recipient: lan, credential: { id: '1', data: {} } }])(
    'takes anything without falling over: %j',
    async (input) => {
      const { context } = await openAddFlow();
      const results = await all(context, [input as unknown as AwardInput, awardInput()]);
      expect(results.map(({ result }) => result)).toEqual(['refused', 'created']);
    },
  );

  it('is what cannot be true, but not what is tomorrow here and today further east', async () => {
    const { context } = await openAddFlow();
    const on = (issue_date: string) =>
      issueAward(
        context,
        awardInput({ key: issue_date, credential: microcredential({ issue_date }) }),
        sampleRun,
      );
    expect((await on('2026-03-02')).result).toBe('created');
    expect(codesOf(await on('2026-04-01'))).toEqual(['future_date']);
  });

  it('is everything of a stopped type, and nothing else', async () => {
    const { context, store, issue } = await openAddFlow();
    await issue();
    await store.transaction((tx) => tx.setStopped(stopRow('default', 'microcredential')));
    expect((await issueAward(context, awardInput(), sampleRun)).result).toBe('unchanged');
    expect(codesOf(await issueAward(context, reissued, sampleRun))).toEqual(['issuing_stopped']);
    expect(codesOf(await issueAward(context, awardInput({ key: 'b' }), sampleRun))).toEqual([
      'issuing_stopped',
    ]);
    await store.transaction((tx) => tx.setStopped(stopRow('default', 'microcredential', false)));
    expect((await issueAward(context, reissued, sampleRun)).result).toBe('replaces');
  });
});

it('two workers that import the same rows end with one award a key and one row a person', async () => {
  const { context, store } = await openAddFlow();
  const person = (at: number) => ({ fullName: `Learner ${at % 40}`, email: `learner${at % 40}@example.edu` });
  const inputs = Array.from({ length: 120 }, (_, at) =>
    awardInput({ key: `award ${at}`, recipient: person(at) }),
  );
  // Both read before either has written, as two processes on one database do.
  const gate = gateFor(2);
  const racing = (): FlowContext => {
    let first = true;
    return {
      ...context,
      store: {
        ...store,
        async transaction(work) {
          if (!first) return store.transaction(work);
          first = false;
          return work(await gate(store));
        },
      },
    };
  };
  const [a, b] = await Promise.all([all(racing(), inputs), all(racing(), [...inputs].reverse())]);
  const ids = new Set([...a, ...b].map(awardIdOf));
  expect(ids.size).toBe(120);
  expect(await store.read.countByState('default')).toEqual({ ready: 120 });
  for (const id of ids) expect(await store.read.history('default', id)).toHaveLength(1);
});

/** Lets both workers read, then makes the changes of each one transaction of its own. */
function gateFor(workers: number) {
  let waiting = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async (store: Store): Promise<StoreTransaction> => {
    const later: Array<(tx: StoreTransaction) => Promise<void>> = [];
    const wait = async () => {
      waiting += 1;
      if (waiting === workers) open();
      await opened;
    };
    const collect =
      <Row>(change: (tx: StoreTransaction, rows: Row) => Promise<void>) =>
      async (rows: Row) => {
        later.push((tx) => change(tx, rows));
      };
    return {
      ...(store.read as StoreTransaction),
      insertRecipients: collect((tx, rows) => tx.insertRecipients(rows)),
      insertCourses: collect((tx, rows) => tx.insertCourses(rows)),
      insertAwards: collect((tx, rows) => tx.insertAwards(rows)),
      appendHistory: collect((tx, rows) => tx.appendHistory(rows)),
      async enqueue(jobs) {
        await wait();
        await store.transaction(async (tx) => {
          for (const change of later) await change(tx);
          await tx.enqueue(jobs);
        });
      },
    };
  };
}
