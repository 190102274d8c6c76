import { editDistance } from './edit-distance.ts';
import { type Folding, foldText, sameToTheEye, type TextKind } from './fold-text.ts';
import type { Likeness, LikenessReason } from './report.ts';

/** How well two texts agree, and why not better. */
export interface TextLikeness {
  readonly result: Likeness;
  readonly reasons: readonly LikenessReason[];
}

const inPlace: readonly Folding[] = ['spacing', 'small_words', 'punctuation', 'accents', 'case'];
const inAnyOrder: readonly Folding[] = ['word_order', 'small_words', 'punctuation', 'accents', 'case'];

/** Longer ones are no names; comparing them would only take time. */
const maxLength = 1_000;

/**
 * Compares two texts. Never changes either: what is `likely` or to `review` is shown to a person as it stands.
 */
export function compareTexts(one: string, other: string, kind: TextKind): TextLikeness {
  if (one === other) return { result: 'exact', reasons: [] };
  if (one.length > maxLength || other.length > maxLength)
    return { result: 'mismatch', reasons: ['different'] };
  if (sameToTheEye(one) === sameToTheEye(other)) return { result: 'exact', reasons: [] };
  const differences =
    differencesFolded(one, other, kind, inPlace) ?? differencesFolded(one, other, kind, inAnyOrder);
  if (differences !== undefined) {
    // "Business of Design" is not "Design of Business"; names of people have no fixed order.
    const isReordered = kind === 'title' && differences.includes('word_order');
    return { result: isReordered ? 'review' : 'likely', reasons: differences };
  }
  const reason = reasonToReview(words(one, kind), words(other, kind), kind);
  return reason === undefined
    ? { result: 'mismatch', reasons: ['different'] }
    : { result: 'review', reasons: [reason] };
}

/** The fewest of `foldings` that make the texts equal; undefined when all together do not. */
function differencesFolded(
  one: string,
  other: string,
  kind: TextKind,
  foldings: readonly Folding[],
): readonly Folding[] | undefined {
  const areEqual = (by: ReadonlySet<Folding>): boolean => {
    const folded = foldText(one, kind, by);
    return folded !== '' && folded === foldText(other, kind, by);
  };
  const needed = new Set(foldings);
  if (!areEqual(needed)) return undefined;
  for (const folding of foldings) {
    needed.delete(folding);
    if (!areEqual(needed)) needed.add(folding);
  }
  return [...needed];
}

const wordFoldings = new Set<Folding>(['small_words', 'punctuation', 'accents', 'case']);

function words(text: string, kind: TextKind): readonly string[] {
  return foldText(text, kind, wordFoldings)
    .split(' ')
    .filter((word) => word !== '');
}

function reasonToReview(
  one: readonly string[],
  other: readonly string[],
  kind: TextKind,
): LikenessReason | undefined {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  if (few.length === 0) return undefined;
  if (isLatin(few) !== isLatin(many)) return 'other_script';
  const shared = countShared(few, many, (a, b) => a === b);
  // A person with a name more or less can be the same; with another name in place of one, hardly.
  if (kind === 'person' ? shared === few.length : shared * 2 >= few.length) return 'some_words_missing';
  if (kind === 'person' && shared > 0 && countShared(few, many, isInitialOf) === few.length)
    return 'initials';
  if (kind === 'title' && (isAcronym(few, many) || isAcronym(many, few))) return 'initials';
  return isNearlySpelledAs(one.join(''), other.join('')) ? 'spelling' : undefined;
}

/** How many of `few` find a partner of their own in `many`. */
function countShared(
  few: readonly string[],
  many: readonly string[],
  fits: (a: string, b: string) => boolean,
): number {
  const free = [...many];
  let shared = 0;
  // Whole words first, so that an initial does not take the partner of one.
  for (const word of few.toSorted((a, b) => b.length - a.length)) {
    const exact = free.indexOf(word);
    const at = exact >= 0 ? exact : free.findIndex((candidate) => fits(word, candidate));
    if (at < 0) continue;
    free.splice(at, 1);
    shared += 1;
  }
  return shared;
}

function isInitialOf(a: string, b: string): boolean {
  return a === b || (a.length === 1 && b.startsWith(a)) || (b.length === 1 && a.startsWith(b));
}

function isAcronym(short: readonly string[], long: readonly string[]): boolean {
  return short.length === 1 && long.length > 1 && short[0] === long.map((word) => word.charAt(0)).join('');
}

function isLatin(list: readonly string[]): boolean {
  return list.some((word) => /\p{Script=Latin}/u.test(word));
}

/** One slip in eight letters; words of three letters or fewer have none to spare. */
function isNearlySpelledAs(one: string, other: string): boolean {
  const longest = Math.max(one.length, other.length);
  if (longest < 4 || longest > 200) return false;
  return editDistance(one, other) <= Math.max(1, Math.floor(longest / 8));
}
