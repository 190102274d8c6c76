/** Somebody who learns at Banksia Skills. Everybody is made up. */
export interface SampleLearner {
  readonly fullName: string;
  readonly email: string;
  readonly studentNumber: string;
}

/** People the sandbox's wallet knows: sign in there as them. Their names are awkward on purpose. */
const walletPeople: ReadonlyArray<readonly [name: string, mailbox: string]> = [
  ['Suharto', 'suharto'],
  ["Siobhán O'Neill-D’Arcy", 'oneill'],
  ['Nguyễn Thị Minh Ánh', 'nguyen'],
  ['สมชาย ใจดี', 'somchai'],
  ['王小明', 'wang'],
  ['Björk Guðmundsdóttir', 'bjork'],
  ['S. Kumaravelu a/l Subramaniam', 'kumar'],
  ['Christopher Null', 'null'],
];

const givenNames = [
  'Aroha',
  'Budi',
  'Chitra',
  'Daisuke',
  'Eleni',
  'Farid',
  'Grace',
  'Hana',
  'Isla',
  'Jarrah',
  'Kavya',
  'Liam',
];
const familyNames = [
  'Abbott',
  'Bautista',
  'Chandra',
  'Dela Cruz',
  'Evans',
  'Fernando',
  'Goh',
  'Hoang',
  'Ito',
  'Jovanović',
];

/** The people above and 112 more, always the same ones. */
export const sampleLearners: readonly SampleLearner[] = [
  ...walletPeople.map(([fullName, mailbox]) => ({ fullName, email: `${mailbox}@learners.example` })),
  ...Array.from({ length: 112 }, (_, at) => {
    const given = givenNames[at % givenNames.length];
    const family = familyNames[Math.floor(at / givenNames.length) % familyNames.length];
    return { fullName: `${given} ${family}`, email: `learner${at + 1}@learners.example` };
  }),
].map((learner, at) => ({ ...learner, studentNumber: String(26_000_001 + at) }));
