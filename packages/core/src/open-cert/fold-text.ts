import type { LikenessReason } from './report.ts';

/** What a text is: names of people and of courses or institutions differ in other ways. */
export type TextKind = 'person' | 'title';

/** A difference that does not by itself make two texts different. */
export type Folding = Extract<
  LikenessReason,
  'case' | 'accents' | 'small_words' | 'punctuation' | 'word_order' | 'spacing'
>;

/** Letters that Unicode does not take apart into a letter and an accent. */
const plainLetters: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
};

/** Only between names, where they mean "child of": at the end, Bin is a name. Le, Van, De and Do are names anywhere. */
const childOf = /(?<=\S )(?:bin|binti|binte|bte\.?|s\/o|d\/o|a\/l|a\/p) (?=\S)/gi;
const titlesOfPeople = /^(?:(?:mr|mrs|ms|miss|mdm|dr|prof)\.? )+/i;
const smallWordsOfTitles =
  /(?<=^| )(?:a|an|and|&|the|of|in|for|pty\.?|pte\.?|ltd\.?|limited|inc\.?|sdn\.?|bhd\.?)(?= |$)/gi;

/** The same characters in one coding and single spaces: what a reader cannot tell apart. */
export function sameToTheEye(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
}

/** Takes differences away. Two texts that fold to the same agree but for these. */
export function foldText(text: string, kind: TextKind, foldings: ReadonlySet<Folding>): string {
  let folded = sameToTheEye(text);
  if (foldings.has('case')) folded = folded.toLowerCase();
  if (foldings.has('accents')) folded = withoutAccents(folded);
  if (foldings.has('small_words')) folded = withoutSmallWords(folded, kind);
  if (foldings.has('punctuation')) folded = withoutPunctuation(folded);
  if (foldings.has('word_order')) folded = folded.split(' ').sort().join(' ');
  if (foldings.has('spacing')) folded = folded.replaceAll(' ', '');
  return folded;
}

/** Latin, Greek and Cyrillic accents only: in Thai or Devanagari the marks are vowels. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .normalize('NFC')
    .replaceAll(/[đĐøØłŁıßæÆœŒ]/g, (letter) => plainLetters[letter] ?? letter);
}

function withoutSmallWords(text: string, kind: TextKind): string {
  if (kind === 'person') return text.replace(titlesOfPeople, '').replaceAll(childOf, '');
  return text.replaceAll(smallWordsOfTitles, '').replaceAll(/ +/g, ' ').trim();
}

/** Keeps `+` and `#`, which tell C, C++ and C# apart, and the point in 3.0. */
function withoutPunctuation(text: string): string {
  return text
    .replaceAll(/['’‘ʼʻ`´]|(?<!\d)\.|\.(?!\d)/g, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}+#.]+/gu, ' ')
    .trim();
}
