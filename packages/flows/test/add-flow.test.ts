import { bindNamespace, createNamespace } from '@seek-pass-kit/core';
import type { Sandbox } from '@seek-pass-kit/sandbox';
import { describe, expect, it } from 'vitest';
import { type AddFlow, createAddFlow } from '../src/add-flow.ts';
import type { AddFlowOptions } from '../src/add-flow-options.ts';
import type { AwardEvent } from '../src/awards/award-event.ts';
import { checkClaimToken } from '../src/claims/claim-token.ts';
import { generateClaimKey } from '../src/claims/claim-key.ts';
import { generateKeyRing, keyRingFromText, rotateKeyRing } from '../src/keys/key-ring.ts';
import { awardInput, openAddFlow, sampleRun } from './add-flow-fixture.ts';
import { flowOptions, sampleClaimKey, sampleRing } from './flow-options.ts';

/** An add flow over a fixture's sandbox, store and clock, with settings that may be changed. */
async function open() {
  const fixture = await openAddFlow();
  const events: AwardEvent[] = [];
  const options: AddFlowOptions = {
    ...flowOptions(fixture),
    onEvent: (event) => void events.push(event),
  };
  const start = async (change: Partial<AddFlowOptions> = {}) => {
    const flow = createAddFlow({ ...options, ...change });
    await flow.start();
    return flow;
  };
  return { ...fixture, options, start, events };
}

const refused = { code: 'invalid_configuration' };

/** Has the learner of the samples decline an award at SEEK Pass, and gives its id. */
async function declined(flow: AddFlow, sandbox: Sandbox): Promise<string> {
  const result = await flow.award(awardInput(), sampleRun);
  const awardId = result.result === 'refused' ? '' : result.awardId;
  const claim = await flow.submitClaim({ awardId, generation: 1, again: false });
  const link = claim.outcome === 'redirect' ? claim.redirectUri : '';
  sandbox.control.learner.decline({ link, email: 'lan@example.edu' });
  return awardId;
}

describe('the start', () => {
  it('comes first', async () => {
    const { options } = await open();
    const flow = createAddFlow(options);
    await expect(flow.award(awardInput(), sampleRun)).rejects.toMatchObject(refused);
    await expect(flow.runDue({ budgetMs: 1 })).rejects.toMatchObject(refused);
  });

  it('with the same secrets works again and again', async () => {
    const { start } = await open();
    await start();
    await (await start()).award(awardInput(), sampleRun);
    expect(await (await start()).counts()).toEqual({ ready: 1 });
  });

  it('stops when the namespace belongs to another client or environment', async () => {
    const { options, start } = await open();
    await expect(start({ environment: 'staging' })).rejects.toMatchObject(refused);
    await expect(start({ clientId: 'sandbox-other' })).rejects.toMatchObject(refused);
    await start();
    const other = { environment: 'sandbox', clientId: options.clientId } as const;
    await expect(start({ namespace: createNamespace(other) })).rejects.toMatchObject(refused);
  });

  it('goes on with a new client id when the namespace was bound to it', async () => {
    const { options, start, store } = await open();
    await start();
    const clientId = 'sandbox-successor';
    const namespace = bindNamespace(options.namespace, { environment: 'sandbox', clientId });
    await start({ clientId, namespace });
    expect(await store.read.issuer('default')).toMatchObject({ clientId });
  });

  it('can be looked at beforehand: what it would find, without binding anything', async () => {
    const { options, start, store } = await open();
    const looked = (change: Partial<AddFlowOptions> = {}) =>
      createAddFlow({ ...options, ...change }).checkStart();
    expect(await looked()).toBe('first_start');
    expect(await store.read.issuer('default')).toBeUndefined();
    await start();
    expect(await looked()).toBe('bound');
    await expect(looked({ claimKey: generateClaimKey() })).rejects.toMatchObject(refused);
    await expect(looked({ keys: keyRingFromText(generateKeyRing()) })).rejects.toMatchObject(refused);
    expect(await looked()).toBe('bound');
  });

  it('stops when the key file is another one, but not when its key was rotated', async () => {
    const { start } = await open();
    await start();
    await expect(start({ keys: keyRingFromText(generateKeyRing()) })).rejects.toMatchObject(refused);
    await start({ keys: keyRingFromText(rotateKeyRing(sampleRing)) });
  });

  it('security rule 11: stops when the claim key changed, unless the former one is named too', async () => {
    const { start, context } = await open();
    const before = await start();
    const result = await before.award(awardInput(), sampleRun);
    const awardId = result.result === 'refused' ? '' : result.awardId;
    const link = await before.claimLink({ awardId, who: 'staff-7' });
    const next = generateClaimKey();
    await expect(start({ claimKey: next })).rejects.toMatchObject(refused);
    const during = await start({ claimKey: [next, sampleClaimKey] });
    const token = link.outcome === 'link' ? (link.url.split('/').at(-1) ?? '') : '';
    const current = { issuer: context.issuer, awardId, generation: 1 };
    expect(checkClaimToken(during.context.claimKeys, token, current)).toBe('current');
    await expect(start()).rejects.toMatchObject(refused);
    await start({ claimKey: next });
  });

  it.each<[string, Partial<AddFlowOptions>]>([
    ['issuer', { issuer: 'Example University' }],
    ['claim key', { claimKey: [] }],
    ['claim key', { claimKey: 'a'.repeat(43) }],
    ['claimBaseUrl', { claimBaseUrl: 'http://credentials.example.edu/claim' }],
    ['claimBaseUrl', { claimBaseUrl: 'https://credentials.example.edu/claim/' }],
    ['claimBaseUrl', { claimBaseUrl: 'https://credentials.example.edu/claim?a=1' }],
    ['brand.name', { brand: { name: ' ' } }],
    ['brand.colour', { brand: { name: 'U', colour: 'blue' } }],
    ['brand.logo', { brand: { name: 'U', logo: { type: 'image/png', bytes: new Uint8Array(9_000) } } }],
  ])('stops at a wrong %s and names it', async (name, change) => {
    const { options } = await open();
    expect(() => createAddFlow({ ...options, ...change })).toThrow(new RegExp(name));
  });
});

describe('the journey of an award', () => {
  it('from awarding to added, with the host told once', async () => {
    const { start, events, sandbox, advance } = await open();
    const flow = await start();
    const result = await flow.award(awardInput(), sampleRun);
    const awardId = result.result === 'refused' ? '' : result.awardId;
    const claim = await flow.submitClaim({ awardId, generation: 1, again: false });
    const link = claim.outcome === 'redirect' ? claim.redirectUri : '';
    sandbox.control.learner.consent({ link, email: 'lan@example.edu' });
    advance({ minutes: 6 });
    const report = await flow.runDue({ budgetMs: 60_000 });
    // The event, and the claim mail, which has nothing left to say.
    expect(report).toMatchObject({ polling: { asked: 1 }, jobs: { done: 2 } });
    expect(events).toMatchObject([{ type: 'added', awardId, attempt: 1, issuer: 'default' }]);
    await flow.runDue({ budgetMs: 60_000 });
    expect(events).toHaveLength(1);
    const status = await flow.status('2026/WELD/104233');
    expect(status).toMatchObject({ awardId, state: 'added', evidence: 'observed', version: 1 });
    expect(status?.history.map(({ what }) => what)).toEqual(['created', 'submitted', 'added']);
    expect(await flow.status('unknown')).toBeUndefined();
  });

  it('tells a host that could not listen again later', async () => {
    const { start, sandbox, advance } = await open();
    const heard: AwardEvent[] = [];
    const onEvent = async (event: AwardEvent) => {
      heard.push(event);
      if (heard.length === 1) throw new Error('the host is down');
    };
    const flow = await start({ onEvent });
    const awardId = await declined(flow, sandbox);
    advance({ minutes: 6 });
    await flow.runDue({ budgetMs: 60_000 });
    advance({ minutes: 1 });
    await flow.runDue({ budgetMs: 60_000 });
    expect(heard).toEqual([heard[0], heard[0]]);
    expect(heard[0]).toMatchObject({ type: 'declined', awardId });
  });

  it('does not start with a listener that has no name to store outcomes under', async () => {
    const { options } = await open();
    expect(() => createAddFlow({ ...options, onEvent: { 'help desk': () => undefined } })).toThrow(
      'The listener of onEvent "help desk" needs a name of 1 to 63 letters, digits, - and _: outcomes are stored under it.',
    );
  });

  it('tells several hosts each by itself: one that throws once hears it again, the other does not', async () => {
    const { start, sandbox, advance } = await open();
    const heard: string[] = [];
    const flow = await start({
      onEvent: {
        wallet: ({ type }) => {
          heard.push(`wallet ${type}`);
          if (heard.filter((line) => line === `wallet ${type}`).length === 1) throw new Error('down');
        },
        letters: {
          types: ['declined'],
          handle: ({ type, awardId }) => void heard.push(`letters ${type} ${awardId}`),
        },
        diplomas: { types: ['added'], handle: ({ type }) => void heard.push(`diplomas ${type}`) },
      },
    });
    const awardId = await declined(flow, sandbox);
    advance({ minutes: 6 });
    await flow.runDue({ budgetMs: 60_000 });
    advance({ minutes: 1 });
    await flow.runDue({ budgetMs: 60_000 });
    expect(heard.sort()).toEqual([`letters declined ${awardId}`, 'wallet declined', 'wallet declined']);
  });

  it('stops at the kill switch in every process', async () => {
    const { start } = await open();
    const [here, there] = [await start(), await start()];
    await here.stopIssuing('microcredential', { who: 'staff-7', reason: 'wrong_data' });
    expect(await there.award(awardInput(), sampleRun)).toMatchObject({ result: 'refused' });
    await there.resumeIssuing('microcredential', { who: 'staff-9', reason: 'resolved' });
    expect(await here.award(awardInput(), sampleRun)).toMatchObject({ result: 'created' });
  });

  it('says of an award whose recipient was changed from when it can be claimed', async () => {
    const { start, clock, advance } = await open();
    const flow = await start();
    const first = await flow.award(awardInput(), sampleRun);
    const changed = await flow.changeRecipient({
      awardId: first.result === 'refused' ? '' : first.awardId,
      recipient: { fullName: 'Nguyễn Thị Lan', email: 'lan.nguyen@example.edu' },
      reason: 'wrong_address',
      who: 'staff-7',
      mayChangeRecipients: true,
    });
    expect(changed).toMatchObject({ outcome: 'changed', version: 2 });
    const heldUntil = clock.now() + 24 * 3_600_000;
    expect(await flow.status('2026/WELD/104233')).toMatchObject({ version: 2, state: 'ready', heldUntil });
    advance({ hours: 24 });
    expect(await flow.status('2026/WELD/104233')).not.toHaveProperty('heldUntil');
  });

  it('wraps stored keys anew and says who turned the kill switch', async () => {
    const { start } = await open();
    const flow = await start();
    await flow.award(awardInput(), sampleRun);
    expect(await flow.rewrapKeys()).toEqual({ rewrapped: 0, currentKeyId: 'k1', stillNeeded: {} });
    await flow.stopIssuing(null, { who: 'staff-7', reason: 'maintenance' });
    expect((await flow.stops()).inForce).toMatchObject([{ credentialType: null, who: 'staff-7' }]);
  });

  it('does the jobs of its host beside its own', async () => {
    const { start } = await open();
    const mailed: unknown[] = [];
    const flow = await start({
      handlers: () => ({
        claim_mail: async ({ refs }) => {
          mailed.push(refs);
          return undefined;
        },
      }),
    });
    await flow.award(awardInput(), sampleRun);
    await flow.runDue({ budgetMs: 60_000 });
    expect(mailed).toHaveLength(1);
  });
});

describe('a plan', () => {
  it('says what awarding would come to, and stores nothing', async () => {
    const { start } = await open();
    const flow = await start();
    expect(await flow.plan([awardInput()])).toMatchObject([{ result: 'created', problems: [] }]);
    expect(await flow.counts()).toEqual({});
    await flow.award(awardInput(), sampleRun);
    expect(await flow.plan([awardInput()])).toMatchObject([{ result: 'unchanged' }]);
    const moved = { ...awardInput().recipient, email: 'other@example.edu' };
    expect(await flow.plan([awardInput({ recipient: moved })])).toMatchObject([
      { result: 'refused', problems: [{ code: 'other_recipient' }] },
    ]);
  });

  it('of what was withdrawn is refused unless it is to be given again', async () => {
    const { start } = await open();
    const flow = await start();
    const result = await flow.award(awardInput(), sampleRun);
    const awardId = result.result === 'refused' ? '' : result.awardId;
    await flow.withdraw({ awardId, reason: 'other', who: 'staff-7' });
    expect(await flow.plan([awardInput()])).toMatchObject([{ problems: [{ code: 'withdrawn' }] }]);
    expect(await flow.plan([awardInput()], { reissueWithdrawn: true })).toMatchObject([
      { result: 'replaces' },
    ]);
  });
});

it('the hash of a key is what the store finds its award by', async () => {
  const { start, store } = await open();
  const flow = await start();
  await flow.award(awardInput(), sampleRun);
  expect(await store.read.awardsByKey('default', [flow.keyHash(awardInput().key)])).toHaveLength(1);
});
