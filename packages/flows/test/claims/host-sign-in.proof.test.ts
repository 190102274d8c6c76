import { proof, type ProofRun } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { expect } from 'vitest';
import { rotateLink } from '../../src/awards/claim-link.ts';
import type { HostPerson } from '../../src/claims/claim-handler-options.ts';
import { microcredential } from '../add-flow-fixture.ts';
import { type ClaimFixture, openClaim } from './open-claim.ts';

const names = { lan: 'Nguyễn Thị Lan', hai: 'Trần Văn Hải' } as const;
/** Whose each award is. */
const owners = ['lan', 'lan', 'hai'] as const;

const award = fc.nat({ max: owners.length - 1 });
const step = fc.oneof(
  fc.record({ act: fc.constant('sign in' as const), who: fc.constantFrom('lan', 'hai', 'staff', 'nobody') }),
  fc.record({ act: fc.constantFrom('page', 'link', 'prove', 'add', 'add again', 'rotate'), award }),
  fc.record({ act: fc.constantFrom('awards', 'sign out', 'keep cookies', 'bring cookies back', 'wait') }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

proof(
  'In one browser that many people sign in to, whatever is opened, posted and replayed, an award is shown and submitted only while its recipient is signed in',
  { small: 60, full: 2_000 },
  liveMany,
);

async function liveMany({ size, seed }: ProofRun): Promise<void> {
  const signedIn: { person: HostPerson | undefined } = { person: undefined };
  const flow = await openClaim({ proof: { host: async () => signedIn.person } });
  let runs = 0;
  let submitted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      runs += 1;
      submitted += await live(flow, signedIn, steps, `run-${runs}`);
    }),
    { seed, numRuns: size },
  );
  // It would prove nothing if nothing ever went through.
  expect(submitted).toBeGreaterThanOrEqual(runs);
}

/** Takes the steps in a new browser with new awards, and looks after each of them. Gives how many awards were submitted. */
async function live(
  flow: ClaimFixture,
  signedIn: { person: HostPerson | undefined },
  steps: readonly Step[],
  name: string,
): Promise<number> {
  const subjects = { lan: `${name}:lan`, hai: `${name}:hai` };
  const people: Readonly<Record<string, HostPerson | undefined>> = {
    lan: { subject: subjects.lan },
    hai: { subject: subjects.hai },
    staff: { subject: subjects.lan, impersonatedBy: 'staff-7' },
  };
  const ids = await Promise.all(
    owners.map((owner, at) =>
      flow.issue({
        key: `${name}/${at}`,
        // They share a mailbox.
        recipient: { fullName: names[owner], email: 'family@example.edu', subject: subjects[owner] },
        credential: microcredential({ full_name: names[owner] }),
      }),
    ),
  );
  const browser = flow.browser();
  let kept = new Map<string, string>();
  const submissions = async () =>
    Promise.all(ids.map(async (id) => (await flow.store.read.submissions('default', id)).length));
  const isOwner = (owner: keyof typeof subjects) =>
    signedIn.person?.impersonatedBy === undefined && signedIn.person?.subject === subjects[owner];

  const take = async (taken: Step) => {
    const id = 'award' in taken ? (ids[taken.award] ?? '') : '';
    const address = `https://credentials.example.edu/claim/${id}`;
    const fields = browser.page?.forms[0]?.fields ?? {};
    switch (taken.act) {
      case 'sign in':
        signedIn.person = people[taken.who];
        return;
      case 'page':
        return void (await browser.open(address));
      case 'link':
        return void (await browser.open(await flow.linkOf(id)));
      case 'prove':
        return void (await browser.postTo(`${address}/proof`, fields));
      case 'add':
        return void (await browser.postTo(`${address}/add`, fields));
      case 'add again':
        return void (await browser.postTo(`${address}/add?again=yes`, fields));
      case 'rotate':
        return void (await rotateLink(flow.context, { awardId: id, who: 'staff-7' }));
      case 'awards':
        return void (await browser.open('https://credentials.example.edu/claim/awards'));
      case 'sign out':
        return void (await browser.postTo('https://credentials.example.edu/claim/sign-out', fields));
      case 'keep cookies':
        kept = new Map(browser.cookies);
        return;
      case 'bring cookies back':
        browser.plantCookies(kept);
        return;
      case 'wait':
        flow.clock.advance(11 * 60_000);
    }
  };

  const after = async (taken: Step) => {
    const before = await submissions();
    const page = browser.page;
    await take(taken);
    for (const [at, count] of (await submissions()).entries()) {
      if (count === before[at]) continue;
      expect([
        taken.act,
        'award' in taken ? taken.award : -1,
        owners[at] !== undefined && isOwner(owners[at]),
      ]).toEqual([expect.stringMatching(/^add/), at, true]);
    }
    if (browser.page === page) return;
    for (const owner of ['lan', 'hai'] as const) {
      if (!isOwner(owner)) expect(browser.page?.html).not.toContain(names[owner]);
    }
    expect(browser.page?.problem).not.toBe('ours');
  };

  signedIn.person = undefined;
  for (const taken of steps) await after(taken);
  // And the right person gets through after all of that.
  for (const last of [
    { act: 'sign in', who: 'hai' },
    { act: 'page', award: 2 },
    { act: 'add', award: 2 },
  ] as const)
    await after(last);
  return (await submissions()).filter((count) => count > 0).length;
}
