import { expect, test } from 'vitest';
import { faultsOf } from '../../src/rehearsing/compare-ends.ts';

type Status = NonNullable<Parameters<typeof faultsOf>[1]>;
type Submission = NonNullable<Parameters<typeof faultsOf>[2][number]>;

const line = (what: string): Status['history'][number] => ({
  issuer: 'rehearsal',
  awardId: 'a',
  at: 0,
  who: 'system',
  what,
  why: null,
  payloadHash: null,
});
const added: Status = { state: 'added', version: 1, history: [line('created'), line('submitted')] };
const kept: Submission = {
  status: 'verified',
  canceledBy: null,
  boundTo: 'a@example.edu',
  walletCopy: 'kept',
  warnings: [],
};
const learner = { email: 'a@example.edu', plan: 'adds' } as const;

test('an award that ended as planned has no fault', () => {
  expect(faultsOf(learner, added, [kept])).toEqual([]);
  const untouched: Status = { ...added, state: 'ready', history: [line('created')] };
  expect(faultsOf({ ...learner, plan: 'never_comes' }, untouched, [])).toEqual([]);
});

test.each<[string, Status | undefined, readonly (Submission | undefined)[], RegExp]>([
  ['no award', undefined, [kept], /lost/],
  ['another state', { ...added, state: 'submitted' }, [kept], /submitted instead of added/],
  ['a second version', { ...added, version: 2 }, [kept], /made twice/],
  ['two creations', { ...added, history: [...added.history, line('created')] }, [kept], /made twice/],
  [
    'two submissions on record',
    { ...added, history: [...added.history, line('submitted')] },
    [kept],
    /2 submissions/,
  ],
  ['none at SEEK Pass', added, [undefined], /no attempt 1/],
  ['open at SEEK Pass', added, [{ ...kept, status: 'incomplete' }], /is open at SEEK Pass/],
  ['declined at SEEK Pass', added, [{ ...kept, status: 'canceled', canceledBy: 'learner' }], /is declined/],
  ['deleted at SEEK Pass', added, [{ ...kept, walletCopy: 'deleted' }], /lost_without_app/],
  ['the wallet of somebody else', added, [{ ...kept, boundTo: 'b@example.edu' }], /another person/],
  ['other data under its id', added, [{ ...kept, warnings: ['differs'] }], /other data/],
])('%s is found', (_, status, submissions, fault) => {
  expect(faultsOf(learner, status, submissions).join()).toMatch(fault);
});
