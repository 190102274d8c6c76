import type { ClaimPage, ClaimProblem, ListedAward, PageForm } from './claim-page.ts';

const form: PageForm = { action: '/claim/sample', csrfToken: 'sample' };
const back = '/claim/awards';
const title = 'Bachelor of Commerce (Accounting)';
const code = { page: 'code', check: form, resend: form, minutes: 15 } as const;
const facts = {
  page: 'facts',
  check: form,
  facts: ['student_number', 'birth_date', 'phone_number'],
} as const;

/** A made-up award. */
export function sampleAward(change: Partial<ListedAward> = {}): ListedAward {
  return {
    title,
    fullName: 'Nguyễn Thị Minh Ánh',
    issuerName: 'Example University',
    date: '2026-02-20',
    standing: 'ready',
    ...change,
  };
}

const add = { ...form, again: false };
const addAgain = { ...form, again: true };

const everyStanding: readonly ListedAward[] = [
  sampleAward({ standing: 'started', title: 'Underwater Welding, Level 2', add }),
  sampleAward({ standing: 'added', title: '數據分析證書', fullName: '王小明', add: addAgain }),
  sampleAward({ standing: 'declined', title: 'ภาษาอังกฤษเพื่อการทำงาน', fullName: 'สมชาย ใจดี', add: addAgain }),
  sampleAward({ standing: 'closed', title: 'شهادة اللغة', fullName: 'فاطمة الزهراء', add: addAgain }),
  sampleAward({ standing: 'paused' }),
  sampleAward({ standing: 'needs_mending' }),
  sampleAward({ standing: 'withdrawn' }),
];

/** Made-up pages: every kind in every variant, with a name for its file. */
export const samplePages: readonly (readonly [name: string, page: ClaimPage])[] = [
  ['start', { page: 'start', send: form }],
  ['start-without-code', { page: 'start', send: form, withoutCode: true }],
  ['code', code],
  ['code-wrong', { ...code, problem: 'wrong' }],
  ['code-expired', { ...code, problem: 'expired' }],
  ['code-used-up', { ...code, problem: 'used_up' }],
  ['facts', facts],
  ['facts-wrong', { ...facts, facts: ['student_number', 'card_id'], problem: 'wrong' }],
  ['facts-expired', { ...facts, problem: 'expired' }],
  ['facts-used-up', { ...facts, problem: 'used_up' }],
  ['awards', { page: 'awards', awards: [sampleAward({ add })], signOut: form }],
  [
    'awards-of-every-standing',
    { page: 'awards', awards: everyStanding, signOut: form, opened: 'superseded' },
  ],
  ['awards-none', { page: 'awards', awards: [], signOut: form, opened: 'withdrawn' }],
  ['again-added', { page: 'again', award: sampleAward({ standing: 'added', add: addAgain }), back }],
  ['again-declined', { page: 'again', award: sampleAward({ standing: 'declined', add: addAgain }), back }],
  ['again-closed', { page: 'again', award: sampleAward({ standing: 'closed', add: addAgain }), back }],
  [
    'loading',
    {
      page: 'loading',
      title,
      redirectUri: 'https://seek-pass.example/partner/add/education#clientId=a&content=b',
    },
  ],
  ['problem-unavailable', { page: 'problem', problem: 'unavailable', retry: form, back }],
  ['problem-paused', { page: 'problem', problem: 'paused', back }],
  ['problem-rejected', { page: 'problem', problem: 'rejected', back }],
  ['problem-guardian-needed', { page: 'problem', problem: 'guardian_needed', back }],
  ['problem-withdrawn', { page: 'problem', problem: 'withdrawn', back }],
  ...bareProblems().map(
    (problem) => [`problem-${problem.replaceAll('_', '-')}`, { page: 'problem', problem }] as const,
  ),
];

function bareProblems(): ClaimProblem[] {
  return [
    'unknown_link',
    'newer_link',
    'link_expired',
    'wrong_person',
    'mail_failed',
    'too_many',
    'handoff_over',
    'foreign_form',
    'ours',
  ];
}
