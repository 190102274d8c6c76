import { describe, expect, it } from 'vitest';
import { awardsOfSubject } from '../../src/awards/awards-of-subject.ts';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { claimPageUrl } from '../../src/awards/claim-link.ts';
import { stopIssuing } from '../../src/awards/stop-issuing.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { eraseLearner } from '../../src/erasure/erase-learner.ts';
import { lan, microcredential, openAddFlow } from '../add-flow-fixture.ts';

const subject = 'sis:104233';

describe('the awards of a subject', () => {
  it('are all of the person, at every address, newest first, with what the host calls them', async () => {
    const { context, issue, clock } = await openAddFlow();
    await issue();
    clock.advance(1_000);
    const credential = microcredential({ microcredential_name: 'Rigging' });
    await issue({ key: 'rigging', credential, recipient: { ...lan, email: 'lan@home.example' } });
    await issue({ key: 'of another', recipient: { ...lan, subject: 'sis:104234' } });
    expect(await awardsOfSubject(context, subject)).toMatchObject([
      { key: 'rigging', title: 'Rigging', state: 'ready', mayAdd: 'yes' },
      { key: '2026/WELD/104233', title: 'Underwater Welding, Level 2', credentialType: 'microcredential' },
    ]);
    expect(await awardsOfSubject(context, subject, { limit: 1 })).toHaveLength(1);
    expect(await awardsOfSubject(context, lan.email)).toEqual([]);
  });

  it('tell how they stand', async () => {
    const { context, issue } = await openAddFlow();
    const awardId = await issue();
    const now = async () => (await awardsOfSubject(context, subject))[0];
    await submitClaim(context, { awardId, generation: 1, again: false });
    expect(await now()).toMatchObject({
      awardId,
      state: 'submitted',
      mayAdd: 'yes',
      stateText: 'Started, not finished',
    });
    await stopIssuing(context, 'microcredential', { who: 'staff-7', reason: 'wrong_data' });
    expect(await now()).toMatchObject({ state: 'submitted', mayAdd: 'not_now', stateText: 'Paused' });
    await withdraw(context, { awardId, reason: 'revoked', who: 'staff-7' });
    expect(await now()).toMatchObject({
      state: 'withdrawn',
      behindClosedLink: 'submitted',
      mayAdd: 'no',
      stateText: 'Withdrawn by Example University',
    });
    expect(await awardsOfSubject(context, subject, { locale: 'vi' })).toMatchObject([
      { stateText: /Example University/ },
    ]);
  });

  it('are shown in their newest version, to whom that belongs', async () => {
    const { context, issue } = await openAddFlow();
    await issue();
    const credential = microcredential({ microcredential_name: 'Underwater Welding, Level 3' });
    const awardId = await issue({ credential });
    expect(await awardsOfSubject(context, subject)).toMatchObject([{ awardId, title: /Level 3/ }]);
    const result = await changeRecipient(context, {
      awardId,
      recipient: { ...lan, subject: 'sis:104234' },
      reason: 'wrong_person',
      who: 'staff-7',
      mayChangeRecipients: true,
    });
    expect(result.outcome).toBe('changed');
    expect(await awardsOfSubject(context, subject)).toEqual([]);
    expect(await awardsOfSubject(context, 'sis:104234')).toMatchObject([{ mayAdd: 'not_now' }]);
  });

  it('are none once the person was erased', async () => {
    const { context, issue } = await openAddFlow();
    await issue();
    await eraseLearner(context, { of: { subject }, who: 'staff-7', reason: 'asked_by_person' });
    expect(await awardsOfSubject(context, subject)).toEqual([]);
  });

  it.each([
    ['', {}],
    [undefined as never, {}],
    [subject, { limit: 0 }],
    [subject, { limit: 201 }],
    [subject, { limit: 1.5 }],
  ])('need a subject and a sensible limit: %j %j', async (of, options) => {
    const { context } = await openAddFlow();
    await expect(awardsOfSubject(context, of, options)).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
  });
});

it('the page of an award has an address without a token, and nothing else can be put into it', async () => {
  const { context, issue } = await openAddFlow();
  const awardId = await issue();
  expect(claimPageUrl(context, awardId)).toBe(`https://credentials.example.edu/claim/${awardId}`);
  for (const wrong of [
    '',
    'awards',
    `${awardId}/x`,
    '../'.repeat(7) + 'a',
    '//evil.example/aaaaaaaa',
    undefined as never,
  ]) {
    expect(() => claimPageUrl(context, wrong)).toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    );
  }
});
