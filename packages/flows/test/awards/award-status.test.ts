import { describe, expect, it } from 'vitest';
import { awardStatus, awardStatusById, awardStatuses } from '../../src/awards/award-status.ts';
import { eraseLearner } from '../../src/erasure/erase-learner.ts';
import { awardInput, microcredential, openAddFlow } from '../add-flow-fixture.ts';

describe('the status of an award', () => {
  it('is found by its id as by its key, and says what the host calls it', async () => {
    const { context, issue } = await openAddFlow();
    const awardId = await issue();
    const { key } = awardInput();
    expect(await awardStatusById(context, awardId)).toEqual({ ...(await awardStatus(context, key)), key });
  });

  it('is that of the version whose id it is', async () => {
    const { context, issue } = await openAddFlow();
    const first = await issue();
    const recipient = { ...awardInput().recipient, locale: 'vi' };
    const credential = structuredClone(awardInput().credential);
    if (credential.credential_type === 'microcredential') credential.fields.microcredential_name = 'Rigging';
    const second = await issue({ recipient, credential });
    expect(second).not.toBe(first);
    expect(await awardStatusById(context, first)).toMatchObject({ version: 1, state: 'superseded' });
    expect(await awardStatusById(context, second)).toMatchObject({ version: 2, state: 'ready' });
  });

  it('names nothing of somebody who was erased', async () => {
    const { context, issue } = await openAddFlow();
    const awardId = await issue();
    await eraseLearner(context, {
      of: { email: awardInput().recipient.email },
      reason: 'asked_by_person',
      who: 'staff-7',
      all: { legalBasis: 'consent_withdrawn' },
    });
    const status = await awardStatusById(context, awardId);
    expect(status).toBeDefined();
    expect(status).not.toHaveProperty('key');
  });

  it('of no award, or one of another issuer, is undefined', async () => {
    const { context, issue } = await openAddFlow();
    const awardId = await issue();
    expect(await awardStatusById(context, 'AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined();
    expect(await awardStatusById({ ...context, issuer: 'other' }, awardId)).toBeUndefined();
  });
});

describe('the version of the host’s record that an award was made from', () => {
  const key = '2026/WELD/104233';

  it('stands in the history beside the version of the award, and in its status', async () => {
    const { context, issue } = await openAddFlow();
    await issue({ sourceVersion: '2026-02-20T09:00:00.000Z' });
    const first = await awardStatus(context, key);
    expect(first).toMatchObject({ sourceVersion: '2026-02-20T09:00:00.000Z' });
    expect(first?.history[0]).toMatchObject({
      what: 'created',
      why: 'source 2026-02-20T09:00:00.000Z',
      who: 'staff-7',
    });
    await issue({ credential: microcredential({ microcredential_name: 'Rigging' }), sourceVersion: 'r2' });
    const second = await awardStatus(context, key);
    expect(second).toMatchObject({ version: 2, sourceVersion: 'r2' });
    expect(second?.history[0]?.why).toMatch(/^version 2, .+, source r2$/);
  });

  it('alone makes no other award', async () => {
    const { context, issue } = await openAddFlow();
    const first = await issue({ sourceVersion: 'r1' });
    expect(await issue({ sourceVersion: 'r2' })).toBe(first);
    expect(await awardStatus(context, key)).toMatchObject({ sourceVersion: 'r1' });
  });

  it('that could break the history is refused', async () => {
    const { issue } = await openAddFlow();
    for (const sourceVersion of ['', 'two words', 'x'.repeat(61)])
      await expect(issue({ sourceVersion })).rejects.toThrow('sourceVersion wrong_type');
  });
});

describe('the standing of many awards', () => {
  it('is that of each newest version; what was never awarded is left out', async () => {
    const { context, issue } = await openAddFlow();
    await issue({ key: 'a' });
    const second = await issue({
      key: 'a',
      credential: microcredential({ microcredential_name: 'Rigging' }),
    });
    const other = await issue({ key: 'b' });
    const found = await awardStatuses(context, ['a', 'b', 'c']);
    expect([...found.keys()].sort()).toEqual(['a', 'b']);
    expect(found.get('a')).toMatchObject({ awardId: second, version: 2, state: 'ready' });
    expect(found.get('b')).toMatchObject({ awardId: other, version: 1 });
    expect(found.get('a')).not.toHaveProperty('history');
  });
});
