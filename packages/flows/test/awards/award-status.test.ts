import { describe, expect, it } from 'vitest';
import { awardStatus, awardStatusById } from '../../src/awards/award-status.ts';
import { eraseLearner } from '../../src/erasure/erase-learner.ts';
import { awardInput, openAddFlow } from '../add-flow-fixture.ts';

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
