import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AddFlow, createAddFlow } from '../../src/add-flow.ts';
import type { AddFlowOptions } from '../../src/add-flow-options.ts';
import type { AuditHead } from '../../src/audit/audit-head.ts';
import { generateClaimKey } from '../../src/claims/claim-key.ts';
import { keyRingFromText, rotateKeyRing } from '../../src/keys/key-ring.ts';
import type { Store } from '../../src/store/ports.ts';
import { awardInput, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { flowOptions, sampleClaimKey, sampleRing } from '../flow-options.ts';

const budget = { budgetMs: 60_000 };

/** Processes of one issuer over one store. */
async function open() {
  const fixture = await openAddFlow();
  const options = flowOptions(fixture);
  const restart = async (change: Partial<AddFlowOptions>) => {
    const flow = createAddFlow({ ...options, ...change });
    await flow.start();
    return flow;
  };
  const start = (onAuditHead?: AddFlowOptions['onAuditHead']) =>
    restart(onAuditHead === undefined ? {} : { onAuditHead });
  return { ...fixture, start, restart };
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

const awardOne = (flow: AddFlow, key: string) => flow.award(awardInput({ key }), sampleRun);

describe('the audit trail of a flow', () => {
  it('is chained by runDue, the history of awards and the kill switch too', async () => {
    const { start } = await open();
    const flow = await start();
    await awardOne(flow, 'a');
    await flow.stopIssuing('education', { who: 'staff-9', reason: 'wrong_data' });
    expect(await flow.verifyAudit()).toMatchObject({ intact: true, lines: 0, waiting: { lines: 3 } });
    await flow.runDue(budget);
    const verdict = await flow.verifyAudit();
    expect(verdict).toMatchObject({ intact: true, links: 3, lines: 3 });
    await flow.runDue(budget);
    expect(await flow.verifyAudit()).toMatchObject({ waiting: { lines: 0, oldestAt: null } });
  });

  it('says who did what, when and why: of an award by its key, of everything in the order of time', async () => {
    const { start, advance, clock } = await open();
    const flow = await start();
    const begin = clock.now();
    await awardOne(flow, 'a');
    advance({ minutes: 1 });
    await flow.stopIssuing(null, { who: 'staff-9', reason: 'security_incident' });
    advance({ minutes: 1 });
    const status = await flow.status('a');
    await flow.claimLink({ awardId: status?.awardId ?? '', who: 'staff-8' });
    const about = `award:${status?.awardId}`;
    const copied = { at: begin + 120_000, who: 'staff-8', what: 'link_copied', about, why: 'generation 1' };
    const all = await collect(flow.auditTrail());
    expect(all.map(({ what }) => what)).toEqual([
      'issuer_bound',
      'created',
      'issuing_stopped',
      'link_copied',
    ]);
    expect(all[2]).toEqual({
      at: begin + 60_000,
      who: 'staff-9',
      what: 'issuing_stopped',
      about: null,
      why: 'security_incident',
    });
    for (const filter of [
      { about: 'award:a', since: begin + 1 },
      { about, since: begin + 1 },
      { since: begin + 90_000 },
    ])
      expect(await collect(flow.auditTrail(filter))).toEqual([copied]);
    expect(await collect(flow.auditTrail({ about: 'award:b' }))).toEqual([]);
  });

  it('that cannot be chained holds no other work up, and is told', async () => {
    const { store, restart, clock } = await open();
    const broken: Store = {
      ...store,
      transaction: (work) =>
        store.transaction((tx) =>
          work({ ...tx, insertAuditLink: () => Promise.reject(new Error('a link is in the way')) }),
        ),
    };
    const worked: string[] = [];
    const flow = await restart({
      store: broken,
      handlers: () => ({ greet: async ({ id }) => void worked.push(id) }),
    });
    await awardOne(flow, 'a');
    const job = { id: randomUUID(), issuer: 'default', kind: 'greet', refs: {}, runAt: clock.now() };
    await store.transaction((tx) => tx.enqueue([job]));
    await expect(flow.runDue(budget)).rejects.toThrow('a link is in the way');
    expect(worked).toEqual([job.id]);
    expect(await flow.verifyAudit()).toMatchObject({ intact: true, links: 0 });
  });

  it('hands its head over once a day, by whichever process comes first', async () => {
    const { start, advance } = await open();
    const heads: AuditHead[] = [];
    const processes = await Promise.all([1, 2].map(() => start((head) => void heads.push(head))));
    const [first] = processes;
    if (first === undefined) throw new Error('There are two.');
    const runAll = async () => {
      for (const flow of processes) await flow.runDue(budget);
    };
    await awardOne(first, 'a');
    await runAll();
    expect(heads).toMatchObject([{ issuer: 'default', number: 2 }]);
    await awardOne(first, 'b');
    advance({ hours: 1 });
    await runAll();
    expect(heads).toHaveLength(1);
    advance({ hours: 24 });
    await runAll();
    expect(heads[1]).toEqual(await first.auditHead());
    expect(heads).toHaveLength(2);
    expect(await first.verifyAudit({ heads })).toMatchObject({ intact: true });
  });

  it('says when the claim key or the client of an issuer changed, and when data keys were wrapped anew', async () => {
    const { start, restart, clock } = await open();
    const flow = await start();
    await awardOne(flow, 'a');
    const other = await restart({
      claimKey: [generateClaimKey(), sampleClaimKey],
      keys: keyRingFromText(rotateKeyRing(sampleRing)),
    });
    await other.rewrapKeys({ who: 'staff-3' });
    await other.rewrapKeys({ who: 'staff-3' });
    const at = clock.now();
    expect((await collect(other.auditTrail())).slice(1)).toEqual([
      { at, who: 'system', what: 'claim_key_changed', about: null, why: null },
      {
        at,
        who: 'staff-3',
        what: 'keys_rewrapped',
        about: expect.stringMatching(/^key:k2-/),
        why: 'keys: 1',
      },
      expect.objectContaining({ what: 'created' }),
    ]);
  });

  it('hands it over again when that failed', async () => {
    const { start, advance } = await open();
    const heads: AuditHead[] = [];
    let failures = 1;
    const flow = await start((head) => {
      failures -= 1;
      if (failures >= 0) throw new Error('The other machine does not answer.');
      heads.push(head);
    });
    await awardOne(flow, 'a');
    await flow.runDue(budget);
    expect(heads).toEqual([]);
    advance({ hours: 1 });
    await flow.runDue(budget);
    expect(heads).toHaveLength(1);
  });
});
