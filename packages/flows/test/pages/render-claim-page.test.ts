import { describe, expect, test } from 'vitest';
import { locales } from '../../src/languages/locale.ts';
import type { ClaimPage } from '../../src/pages/claim-page.ts';
import { renderClaimPage } from '../../src/pages/render-claim-page.ts';
import { sampleAward, samplePages } from '../../src/pages/sample-pages.ts';
import { styleSheet } from '../../src/pages/style-sheet.ts';
import { sampleFrame } from './sample-frame.ts';

const form = { action: '/claim/x', csrfToken: 'token' };
const add = { ...form, again: false };

describe.each(locales)('in %s', (locale) => {
  test.each(samplePages)('the page "%s" is whole, small, and asks nothing of anybody', (_, page) => {
    const markup = renderClaimPage(page, sampleFrame(locale, { logoPath: '/claim/logo?v=1' }));
    expect(Buffer.byteLength(markup)).toBeLessThan(page.page === 'awards' ? 20_000 : 8_000);
    expect(markup).toContain(`<html lang="${locale}" dir="ltr">`);
    expect(markup.match(/<h1>/g)).toHaveLength(1);
    expect(markup).not.toMatch(
      /<script|javascript:|\son[a-z]+=|<iframe|undefined|\[object|NaN|\{[A-Za-z]+\}/,
    );
    const own =
      /^(\/claim\/|\?lang=|mailto:graduations@example\.edu$|https:\/\/seek-pass\.example\/partner\/add\/)/;
    const urls = [...markup.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, url = '']) => url);
    expect(urls.filter((url) => !own.test(url))).toEqual([]);
  });
});

test('every page of many awards stays under 20 kB', () => {
  const awards = Array.from({ length: 8 }, () => sampleAward({ title: '數據分析證書'.repeat(5), add }));
  const markup = renderClaimPage({ page: 'awards', awards, signOut: form }, sampleFrame('th'));
  expect(Buffer.byteLength(markup)).toBeLessThan(20_000);
});

test('the style sheet stands in the page exactly as its hash was taken', () => {
  const frame = sampleFrame('en');
  const markup = renderClaimPage({ page: 'start', send: form }, frame);
  expect(markup).toContain(`<style>${styleSheet(frame.brand)}</style>`);
  expect(markup.match(/<style/g)).toHaveLength(1);
  expect(markup).not.toMatch(/\sstyle="/);
});

test('a name in any script stays what it is', () => {
  for (const fullName of [
    'Nguyễn Thị Minh Ánh',
    '王小明',
    'สมชาย ใจดี',
    'فاطمة الزهراء',
    'න්‍රි',
    'O’Sullivan-Byrne',
  ])
    expect(
      renderClaimPage(
        { page: 'awards', awards: [sampleAward({ fullName })], signOut: form },
        sampleFrame('en'),
      ),
    ).toContain(`<bdi>${fullName}</bdi>`);
});

test('before the proof a page tells of nobody: it is made of the form and the brand alone', () => {
  const frame = sampleFrame('en');
  const before = samplePages.filter(([, { page }]) => ['start', 'code', 'facts', 'problem'].includes(page));
  for (const [, page] of before) expect(renderClaimPage(page, frame)).not.toMatch(/Bachelor|Nguyễn|Welding/);
});

test('a wrong code says so in the title, at the field, and is where the keyboard is', () => {
  const page: ClaimPage = { page: 'code', check: form, resend: form, minutes: 10, problem: 'wrong' };
  const markup = renderClaimPage(page, sampleFrame('en'));
  expect(markup).toMatch(/<title>Error: /);
  expect(markup).toMatch(/<input[^>]*aria-describedby="code-hint problem" aria-invalid="true" autofocus>/);
  expect(markup).toMatch(/id="problem"/);
  expect(markup).toMatch(/<input[^>]*inputmode="numeric" autocomplete="one-time-code"/);
});

test('facts are asked for by what they are called, and say what a browser may fill in', () => {
  const facts = ['student_number', 'birth_date', 'phone_number', 'library_card'];
  const markup = renderClaimPage({ page: 'facts', check: form, facts }, sampleFrame('vi'));
  const labels = [...markup.matchAll(/<label>([^\n]*)\n<input name="([^"]*)"[^>]*autocomplete="([^"]*)"/g)];
  expect(labels.map(([, ...parts]) => parts)).toEqual([
    ['Mã số sinh viên', 'fact.student_number', 'off'],
    ['Ngày sinh (năm-tháng-ngày)', 'fact.birth_date', 'bday'],
    ['Số điện thoại', 'fact.phone_number', 'tel'],
    ['<bdi>library card</bdi>', 'fact.library_card', 'off'],
  ]);
});

test('a proof that cannot go on asks for nothing more', () => {
  for (const problem of ['expired', 'used_up'] as const)
    expect(
      renderClaimPage({ page: 'facts', check: form, facts: ['student_number'], problem }, sampleFrame('en')),
    ).not.toContain('<form');
});

test('dates are written as readers of the language write them', () => {
  const written = (locale: 'en' | 'zh-Hant', date: string) =>
    renderClaimPage({ page: 'awards', awards: [sampleAward({ date })], signOut: form }, sampleFrame(locale));
  expect(written('en', '2026-02-20')).toContain('<time datetime="2026-02-20">20 February 2026</time>');
  expect(written('zh-Hant', '2026-02-20')).toContain('2026年2月20日');
  expect(written('en', '2026')).toContain('<time datetime="2026">2026</time>');
});

test('without an address for help the institution is named', () => {
  const frame = { ...sampleFrame('en'), brand: { name: 'Example University' } };
  const markup = renderClaimPage({ page: 'awards', awards: [sampleAward({ add })], signOut: form }, frame);
  expect(markup).toContain('Do not add the credential. Ask <bdi>Example University</bdi>.');
  expect(markup).not.toContain('mailto:');
});

test('each page in its own language links to the others, and to none when it cannot be read again', () => {
  const page: ClaimPage = { page: 'start', send: form };
  expect(renderClaimPage(page, sampleFrame('th'))).toContain(
    '<span aria-current="true" lang="th">ไทย</span>',
  );
  expect(renderClaimPage(page, sampleFrame('th')).match(/hreflang=/g)).toHaveLength(5);
  expect(renderClaimPage(page, sampleFrame('th', { languages: [] }))).not.toContain('<nav');
});
