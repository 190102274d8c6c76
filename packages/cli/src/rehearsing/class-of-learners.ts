import { type Plan, planAt, plans } from './plans.ts';
import { oneOf, seededRandom } from './seeded-random.ts';

/** A made-up learner of a rehearsal. */
export interface Learner {
  /** The business key of the award. */
  readonly key: string;
  readonly fullName: string;
  /** At a domain that is reserved for examples: nobody has it. */
  readonly email: string;
  readonly locale: string;
  /** Where the learner's browser is, as a proxy tells it: each has a network of its own. */
  readonly network: string;
  readonly plan: Plan;
}

interface People {
  readonly locale: string;
  readonly given: readonly [string, ...string[]];
  readonly family: readonly [string, ...string[]];
  /** Default: given name, space, family name. */
  readonly written?: (given: string, family: string) => string;
}

const familyFirst = (given: string, family: string): string => `${family} ${given}`;
const oneName = (given: string): string => given;

const peoples: readonly [People, ...People[]] = [
  {
    locale: 'en',
    given: ['Siobhán', 'Jack', 'Matilda', 'Zoë', 'Mary-Jane', 'D’Arcy', 'Tāne', 'Aroha'],
    family: ["O'Sullivan-Byrne", 'Nguyen', 'McAllister', 'van der Merwe', 'Ngata', 'Søndergaard', 'Ng'],
  },
  {
    locale: 'id',
    given: ['Wulandari', 'Sugiarti', 'Suharto', 'Ayu', 'Budi', 'Siti Nurhaliza'],
    family: ['Wijaya', 'Pratama', 'Hutagalung', 'Siregar'],
  },
  { locale: 'id', given: ['Wulandari', 'Sukarno', 'Sumarni', 'Slamet'], family: [''], written: oneName },
  {
    locale: 'ms',
    given: ['Nur Aisyah binti', 'Muhammad Haziq bin', 'Siti Aminah binti'],
    family: ['Abdullah', 'Ismail', 'Zulkifli'],
  },
  {
    locale: 'ms',
    given: ['Kavitha a/p', 'Arjun a/l'],
    family: ['Subramaniam', 'Krishnan', 'Ramasamy'],
  },
  {
    locale: 'vi',
    given: ['Thị Thảo Vy', 'Hoàng Ân', 'Đặng Phương Uyên', 'Ngọc Quỳnh Như'],
    family: ['Nguyễn', 'Trần', 'Lê', 'Phạm'],
    written: familyFirst,
  },
  {
    locale: 'th',
    given: ['ณัฐวุฒิ', 'พิมพ์ชนก', 'น้ำฝน', 'กิตติพงษ์'],
    family: ['ศรีสุวรรณ', 'ธนะกิจเจริญ', 'บุญค้ำ'],
  },
  {
    locale: 'zh-Hant',
    given: ['靜怡', '家豪', '詠琳', '浩然'],
    family: ['歐陽', '陳', '黃', '司徒'],
    written: (given, family) => `${family}${given}`,
  },
];

/**
 * The class of a rehearsal: the same one for the same size and seed. Of every plan there is at least one learner when there are enough
 * learners for that.
 */
export function classOf(size: number, seed: number): Learner[] {
  const random = seededRandom(seed);
  return Array.from({ length: size }, (_, at) => {
    const people = oneOf(random, peoples);
    const { written = (given: string, family: string) => `${given} ${family}` } = people;
    const fullName = written(oneOf(random, people.given), oneOf(random, people.family));
    const byChance = planAt(random() * 100);
    return {
      key: `graduation/${seed}/${at + 1}`,
      fullName,
      email: `learner-${at + 1}@students.example.edu`,
      locale: people.locale,
      network: networkOf(at),
      plan: plans[at] ?? byChance,
    };
  });
}

/** Of 198.18.0.0/16, which is reserved for tests of networks and holds more addresses than a rehearsal has learners. */
function networkOf(at: number): string {
  return `198.18.${(at >> 8) & 255}.${at & 255}`;
}

const columns = [
  'key',
  'credential_type',
  'full_name',
  'email',
  'locale',
  'email_verified',
  'microcredential_name',
  'issuer_name',
  'issue_date',
];

/** The file that a registrar would issue: CSV with one learner a row. `issueDate`: `YYYY-MM-DD`. */
export function csvOf(learners: readonly Learner[], issueDate: string): string {
  const lines = learners.map(({ key, fullName, email, locale }) =>
    [
      key,
      'microcredential',
      fullName,
      email,
      locale,
      'true',
      'Data Analysis with SQL',
      institution,
      issueDate,
    ]
      .map(quoted)
      .join(','),
  );
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

/** What the pages, mails and credentials of a rehearsal call the institution. */
export const institution = 'Wattle Bay Institute of Technology';

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
