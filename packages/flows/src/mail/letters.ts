import type { Recipient } from '../awards/recipient.ts';
import type { Brand } from '../flow-context.ts';
import type { Locale } from '../languages/locale.ts';
import type { Block, Letter } from './letter/letter.ts';
import type { Words } from './letter/words.ts';
import { type MailTexts, mailTexts } from './mail-texts.ts';

/** What every letter is written with. */
export interface LetterBasis {
  readonly brand: Brand;
  readonly locale: Locale;
  readonly person: Recipient;
}

/** What a letter about claiming says. */
export interface ClaimMatter {
  readonly titles: readonly string[];
  /** Of the first award: one proof shows them all. */
  readonly url: string;
}

/** The first mail about awards, and the one that a person had sent again. */
export function claimLetter(basis: LetterBasis, { titles, url }: ClaimMatter): Letter {
  const { say } = pen(basis);
  const many = titles.length > 1;
  return {
    locale: basis.locale,
    subject: say(many ? 'claimSubjectMany' : 'claimSubject', { count: String(titles.length) }),
    blocks: [
      words(say('greeting')),
      words(say('claimIntro')),
      { block: 'titles', titles },
      words(say(many ? 'claimInviteMany' : 'claimInvite')),
      ...wayIn(basis, url),
      words(help(basis), 'quiet'),
    ],
  };
}

/** What a letter after the first one says, with the way to hear no more. */
type ReminderMatter = ClaimMatter & { readonly optOutUrl: string };

/** Reminds of awards that nobody has claimed. */
export function reminderLetter(basis: LetterBasis, matter: ReminderMatter): Letter {
  return laterLetter(basis, matter, 'reminder');
}

/** Asks somebody to finish what they began at SEEK Pass, while its 48 hours run. */
export function unfinishedLetter(basis: LetterBasis, matter: ReminderMatter): Letter {
  return laterLetter(basis, matter, 'unfinished');
}

function laterLetter(
  basis: LetterBasis,
  { titles, url, optOutUrl }: ReminderMatter,
  about: 'reminder' | 'unfinished',
): Letter {
  const { say } = pen(basis);
  return {
    locale: basis.locale,
    subject: say(`${about}Subject`),
    blocks: [
      words(say('greeting')),
      words(say(`${about}Intro`)),
      { block: 'titles', titles },
      words(say(`${about}Invite`)),
      ...wayIn(basis, url),
      words(help(basis), 'quiet'),
      { block: 'link', label: say('noMore'), url: optOutUrl },
    ],
  };
}

/** A code for the page that asked for it. Holds no link: whoever gets such a mail unasked has nothing to click. */
export function codeLetter(
  basis: LetterBasis,
  { code, minutes }: { readonly code: string; readonly minutes: number },
): Letter {
  const { say } = pen(basis);
  return {
    locale: basis.locale,
    subject: say('codeSubject'),
    blocks: [
      words(say('greeting')),
      words(say('codeIntro')),
      { block: 'code', code },
      words(say('codeMinutes', { minutes: String(minutes) })),
      words(say('codeSecret'), 'strong'),
      words(say('codeNotYou'), 'quiet'),
    ],
  };
}

/** Tells a former address that it is one no more. Holds no link and does not name the new address. */
export function addressChangedLetter(basis: LetterBasis, titles: readonly string[]): Letter {
  const { say } = pen(basis);
  return {
    locale: basis.locale,
    subject: say('changedSubject'),
    blocks: [
      words(say('greeting')),
      words(say('changedIntro')),
      { block: 'titles', titles },
      words(say('changedEffect')),
      words(say('changedNotYou'), 'strong'),
      words(help(basis), 'quiet'),
    ],
  };
}

/** Button, the steps to come, what to mind, and the code for the phone. */
function wayIn(basis: LetterBasis, url: string): Block[] {
  const { say } = pen(basis);
  return [
    { block: 'button', label: say('button'), url, instead: say('copyLink') },
    {
      block: 'steps',
      heading: say('nextSteps'),
      steps: [say('stepProof'), say('stepAccept'), say('stepApp')],
    },
    words(say('onlyYou')),
    words(say('linkStays')),
    { block: 'qr', url, caption: say('scan'), alt: say('scanAlt') },
  ];
}

function pen({ locale, brand, person }: LetterBasis) {
  const texts: MailTexts = mailTexts[locale];
  const own = { brand: brand.name, help: brand.helpEmail ?? '' };
  return {
    say: (key: keyof MailTexts, values: Readonly<Record<string, string>> = {}): Words => ({
      text: texts[key],
      values: { name: person.fullName, ...values },
      own,
    }),
  };
}

function help(basis: LetterBasis): Words {
  const { say } = pen(basis);
  return say(basis.brand.helpEmail === undefined ? 'helpInPerson' : 'help');
}

function words(said: Words, tone?: 'strong' | 'quiet'): Block {
  return { block: 'words', words: said, ...(tone === undefined ? {} : { tone }) };
}
