import type { AwardInput } from '../../src/awards/award-input.ts';

/** How many awards each person has: most have one, some two, as in a real list. */
const awardsOf = (person: number): number => (person % 10 === 9 ? 2 : 1);

/** The awards of an import, the same ones however often it is read. */
export function* classList(size: number): Generator<AwardInput> {
  let made = 0;
  for (let person = 0; made < size; person += 1) {
    for (let nth = 0; nth < awardsOf(person) && made < size; nth += 1) {
      made += 1;
      yield awardOf(person, nth);
    }
  }
}

/** One in twenty has an address that is not there any more. */
export function hasNoMailbox(address: string): boolean {
  return Number(/\d+/.exec(address)?.[0]) % 20 === 13;
}

function awardOf(person: number, nth: number): AwardInput {
  const name = `Learner Number ${person}`;
  return {
    key: `2026/COURSE-${nth}/${person}`,
    recipient: { fullName: name, email: `learner${person}@example.edu`, subject: `sis:${person}` },
    credential: {
      credential_type: 'microcredential',
      fields: {
        full_name: name,
        issuer_name: 'Example University',
        microcredential_name: `Underwater Welding, Level ${nth + 1}`,
        issue_date: '2026-02-20',
      },
    },
  };
}
