import { expect, it } from 'vitest';
import { type Locale, locales } from '../../src/languages/locale.ts';
import type { Brand } from '../../src/flow-context.ts';
import type { Letter } from '../../src/mail/letter/letter.ts';
import { setLetter } from '../../src/mail/letter/set-letter.ts';
import {
  addressChangedLetter,
  claimLetter,
  codeLetter,
  reminderLetter,
  unfinishedLetter,
} from '../../src/mail/letters.ts';
import { type MailTexts, mailTexts } from '../../src/mail/mail-texts.ts';

const url = 'https://credentials.example.edu/claim/award/token';
const optOutUrl = 'https://credentials.example.edu/claim/opt-out/recipient/token';
const plain: Brand = { name: 'Example University' };

function lettersOf(
  locale: Locale,
  fullName: string,
  titles: readonly string[],
  brand: Brand = plain,
): Letter[] {
  const basis = { brand, locale, person: { fullName, email: 'lan@example.edu' } };
  return [
    claimLetter(basis, { titles, url }),
    reminderLetter(basis, { titles, url, optOutUrl }),
    unfinishedLetter(basis, { titles, url, optOutUrl }),
    codeLetter(basis, { code: '01234567', minutes: 15 }),
    addressChangedLetter(basis, titles),
  ];
}

const placeholders = (text: string) => [...text.matchAll(/\{[^}]*\}/g)].map(String).toSorted();

it.each(locales)(
  'the words in %s have the placeholders of the English ones, and are not the English ones',
  (locale) => {
    const english: MailTexts = mailTexts.en;
    const texts = mailTexts[locale];
    const keys = Object.keys(english) as (keyof MailTexts)[];
    const differing = keys.filter(
      (key) => placeholders(texts[key]).join() !== placeholders(english[key]).join(),
    );
    expect(differing).toEqual([]);
    expect(keys.filter((key) => texts[key] === english[key])).toEqual(locale === 'en' ? keys : []);
  },
);

it.each(locales)('every letter in %s is filled in, and says the same as text and as HTML', (locale) => {
  for (const letter of lettersOf(locale, 'สมชาย ใจดี', ['Rigging', '潛水焊接'])) {
    const { subject, text, html } = setLetter(letter, plain);
    for (const part of [subject, text, html]) expect(part).not.toMatch(/\{[A-Za-z]+\}|undefined/);
    for (const part of [text, html]) expect(part).toContain('สมชาย ใจดี');
    expect(subject).toContain('Example University');
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html).not.toMatch(/<script|@import|url\(|src="(?!cid:)/);
  }
});

it('names in any script stand as they are written, joiners too', () => {
  for (const name of [
    'Nguyễn Thị Lan',
    'سارة بنت خالد',
    '陳大文',
    'ශ්‍රී ලංකා',
    'O’Brien-Ng',
    'نیلوفر می‌خواهد',
  ]) {
    for (const letter of lettersOf('en', name, ['Rigging'])) {
      const { text, html } = setLetter(letter, plain);
      expect(text).toContain(name);
      expect(html).toContain(name);
    }
  }
});

it('nothing in a name or a title becomes markup, a line, or a link', () => {
  const hostile = `<a href="https://evil.example">x</a>\r\nBcc: a@evil.example \u202e www.evil.example http://evil.example/x`;
  for (const letter of lettersOf('en', hostile, [hostile])) {
    const { subject, text, html } = setLetter(letter, plain);
    for (const part of [subject, text, html]) {
      expect(part).not.toMatch(/evil\.example|https?:\/\/(?!credentials\.example\.edu)|www\.e|a@evil|\u202e/);
    }
    expect(html).not.toContain('<a href="https://evil');
    expect(text).not.toMatch(/^Bcc:/m);
  }
});

it('codes and the warning to a former address hold no link at all', () => {
  for (const letter of lettersOf('en', 'Lan', ['Rigging']).slice(3)) {
    const { text, html, attachments } = setLetter(letter, plain);
    expect(`${text}${html}`).not.toMatch(/https?:|<a /);
    expect(attachments).toEqual([]);
  }
});

it('the address for questions is left as it is, to be copied', () => {
  const brand = { ...plain, helpEmail: 'help@example.edu' };
  const [claim] = lettersOf('en', 'Lan', ['Rigging'], brand);
  expect(claim === undefined ? '' : setLetter(claim, brand).text).toContain('help@example.edu');
});

it('text on the colour of the institution can be read, be it dark or bright', () => {
  const colours = [
    ['#ffcc00', '#000000'],
    ['#0b2545', '#ffffff'],
  ] as const;
  for (const [colour, ink] of colours) {
    const [claim] = lettersOf('en', 'Lan', ['Rigging']);
    const { html } = claim === undefined ? { html: '' } : setLetter(claim, { ...plain, colour });
    expect(html).toContain(`background:${colour}; color:${ink}`);
  }
});
