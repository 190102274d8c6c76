import { describe, expect, it } from 'vitest';
import { describeAwards } from '../../src/awards/describe-awards.ts';
import { findAwards } from '../../src/awards/find-awards.ts';
import { eraseLearner } from '../../src/erasure/erase-learner.ts';
import { awardInput, microcredential, openAddFlow } from '../add-flow-fixture.ts';

const { key, recipient } = awardInput();
const { email, fullName } = recipient;

describe('security rule 16: awards are found', () => {
  it('by the whole address, however its letters are written', async () => {
    const { context, issue } = await openAddFlow();
    const first = await issue();
    const second = await issue({ key: 'another' });
    await issue({ key: 'of-somebody-else', recipient: { ...recipient, email: 'mai@example.edu' } });
    expect(await findAwards(context, { email })).toEqual(expect.arrayContaining([first, second]));
    expect(await findAwards(context, { email: email.toUpperCase() })).toHaveLength(2);
  });

  it('by the whole key, in every version, the oldest first', async () => {
    const { context, issue } = await openAddFlow();
    const first = await issue();
    const second = await issue({ credential: microcredential({ microcredential_name: 'Rigging' }) });
    expect((await findAwards(context, { key })).toSorted()).toEqual([first, second].toSorted());
  });

  it('by no part of either, and by no name', async () => {
    const { context, issue } = await openAddFlow();
    await issue();
    for (const part of [email.slice(1), email.split('@')[0] ?? '', '@', '', fullName])
      expect(await findAwards(context, { email: part })).toEqual([]);
    for (const part of [key.slice(1), key.slice(0, -1), '', '%', fullName])
      expect(await findAwards(context, { key: part })).toEqual([]);
  });

  it('of one’s own issuer only', async () => {
    const { context, issue } = await openAddFlow();
    await issue();
    expect(await findAwards({ ...context, issuer: 'other' }, { email })).toEqual([]);
  });
});

describe('awards are described', () => {
  it('by what they are called and whose they are', async () => {
    const { context, issue } = await openAddFlow();
    const awardId = await issue({ credential: microcredential({ microcredential_name: 'Rigging' }) });
    const described = await describeAwards(context, [awardId, 'AAAAAAAAAAAAAAAAAAAAAA']);
    expect([...described]).toEqual([
      [
        awardId,
        { awardId, key, credentialType: 'microcredential', title: 'Rigging', recipient: { fullName, email } },
      ],
    ]);
  });

  it('without a person when the record alone was kept, and not at all when everything was erased', async () => {
    const { context, issue } = await openAddFlow();
    const awardId = await issue();
    const erasure = { of: { email }, reason: 'asked_by_person', who: 'staff-7' } as const;
    await eraseLearner(context, erasure);
    const kept = await describeAwards(context, [awardId]);
    expect(kept.get(awardId)).toMatchObject({ key });
    expect(kept.get(awardId)).not.toHaveProperty('recipient');
    await eraseLearner(context, { ...erasure, of: { key }, all: { legalBasis: 'consent_withdrawn' } });
    expect((await describeAwards(context, [awardId])).size).toBe(0);
  });

  it('at most 1,000 at once', async () => {
    const { context } = await openAddFlow();
    const ids = Array.from({ length: 1_001 }, (_, at) => `id-${at}`);
    await expect(describeAwards(context, ids)).rejects.toThrow('at most 1000');
  });
});
