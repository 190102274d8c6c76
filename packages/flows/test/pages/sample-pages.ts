import type {
  ClaimPage,
  ClaimProblem,
  ListedAward,
  PageForm,
  PageFrame,
} from '../../src/pages/claim-page.ts';
import { type Locale, locales } from '../../src/languages/locale.ts';

const form: PageForm = { action: '/claim/4f1c/code', csrfToken: 'c2FtcGxlLWNzcmYtdG9rZW4' };

/** An award as its recipient sees it. */
export function listedAward(change: Partial<ListedAward> = {}): ListedAward {
  return {
    title: 'Bachelor of Commerce (Accounting)',
    fullName: 'Nguyễn Thị Minh Ánh',
    issuerName: 'Example University',
    date: '2026-02-20',
    standing: 'ready',
    add: { ...form, action: '/claim/4f1c/add', again: false },
    ...change,
  };
}

function withoutForm(award: ListedAward): ListedAward {
  const { add: _, ...rest } = award;
  return rest;
}

const problems: readonly ClaimProblem[] = [
  'unknown_link',
  'newer_link',
  'link_expired',
  'withdrawn',
  'wrong_person',
  'guardian_needed',
  'unavailable',
  'paused',
  'rejected',
  'mail_failed',
  'too_many',
  'foreign_form',
  'ours',
];

const everyStanding: readonly ListedAward[] = [
  listedAward({ standing: 'started', title: 'Underwater Welding, Level 2' }),
  listedAward({
    standing: 'added',
    title: '數據分析證書',
    fullName: '王小明',
    add: { ...form, again: true },
  }),
  listedAward({
    standing: 'declined',
    title: 'ประกาศนียบัตรการเขียนโปรแกรม',
    fullName: 'สมชาย ใจดี',
    add: { ...form, again: true },
  }),
  listedAward({
    standing: 'closed',
    title: 'شهادة اللغة',
    fullName: 'فاطمة الزهراء',
    add: { ...form, again: true },
  }),
  withoutForm(listedAward({ standing: 'paused' })),
  withoutForm(listedAward({ standing: 'needs_mending' })),
  withoutForm(listedAward({ standing: 'withdrawn' })),
];

/** Every page in every variant, by a name for its picture. */
export const samplePages: Readonly<Record<string, ClaimPage>> = {
  start: { page: 'start', send: form },
  code: { page: 'code', check: form, resend: form, minutes: 10 },
  'code-wrong': { page: 'code', check: form, resend: form, minutes: 10, problem: 'wrong' },
  'code-expired': { page: 'code', check: form, resend: form, minutes: 10, problem: 'expired' },
  'code-used-up': { page: 'code', check: form, resend: form, minutes: 10, problem: 'used_up' },
  facts: { page: 'facts', check: form, facts: ['student_number', 'birth_date', 'phone_number'] },
  'facts-wrong': { page: 'facts', check: form, facts: ['student_number', 'card_id'], problem: 'wrong' },
  'facts-expired': { page: 'facts', check: form, facts: ['student_number'], problem: 'expired' },
  'facts-used-up': { page: 'facts', check: form, facts: ['student_number'], problem: 'used_up' },
  awards: { page: 'awards', awards: [listedAward()], signOut: form },
  'awards-every-standing': { page: 'awards', awards: everyStanding, signOut: form, opened: 'superseded' },
  'awards-none': { page: 'awards', awards: [], signOut: form, opened: 'withdrawn' },
  'again-added': { page: 'again', award: listedAward({ standing: 'added' }), back: '/claim/4f1c' },
  'again-declined': { page: 'again', award: listedAward({ standing: 'declined' }), back: '/claim/4f1c' },
  'again-closed': { page: 'again', award: listedAward({ standing: 'closed' }), back: '/claim/4f1c' },
  loading: {
    page: 'loading',
    title: 'Bachelor of Commerce (Accounting)',
    redirectUri: 'https://seek-pass.example/partner/add/education#clientId=abc&content=def',
  },
  ...Object.fromEntries(
    problems.map((problem): [string, ClaimPage] => [
      `problem-${problem.replaceAll('_', '-')}`,
      { page: 'problem', problem, ...(problem === 'unavailable' && { retry: form, back: '/claim/4f1c' }) },
    ]),
  ),
};

/** The frame of a page in one language. */
export function sampleFrame(locale: Locale, change: Partial<PageFrame> = {}): PageFrame {
  return {
    brand: { name: 'Example University', helpEmail: 'graduations@example.edu' },
    locale,
    languages: locales
      .filter((other) => other !== locale)
      .map((other) => ({ locale: other, href: `?language=${other}` })),
    ...change,
  };
}
