import { z } from 'zod';
import { isDay, isMonth, isYear } from './calendar.ts';
import type { Fault } from './fault.ts';
import { personal } from './personal-data.ts';
import { hasUnsafeCharacters, isBlank, looksLikeWebAddress } from './text-safety.ts';

/** A string schema with one check of ours. Plain code, not a chain of zod checks: it runs for every field of every credential. */
function checkedText(faultOf: (value: string) => Fault | undefined): z.ZodString {
  return z.string().check(({ value, issues }) => {
    const params = faultOf(value);
    if (params !== undefined) issues.push({ code: 'custom', input: value, params });
  });
}

/** A string schema for which a value either fits or has this one fault. */
function fitting(fits: (value: string) => boolean, fault: Fault): z.ZodString {
  return checkedText((value) => (fits(value) ? undefined : fault));
}

function textFault(value: string): Fault | undefined {
  if (hasUnsafeCharacters(value)) return { code: 'bad_characters' };
  return isBlank(value) ? { code: 'empty_text' } : undefined;
}

/** Any text with something to read in it, without control characters and bidirectional overrides. */
export const text = checkedText(textFault);

/** {@link text} that says something about a person. */
export const personalText = personal(checkedText(textFault));

const webAddress: Fault = {
  code: 'bad_characters',
  message: 'looks like a web address',
  remedy: "Give the person's name; put a space after a full stop.",
};

/** A person's name: {@link personalText} that no mail program turns into a link (security rule 20). */
export const personName = personal(
  checkedText((value) => textFault(value) ?? (looksLikeWebAddress(value) ? webAddress : undefined)),
);

function dateText(expected: string, fits: (value: string) => boolean): z.ZodString {
  return fitting(fits, { code: 'bad_date', expected }).meta({ description: expected });
}

/** `YYYY`. */
export const year = dateText('YYYY', isYear);
/** `YYYY-MM`, a month of the calendar. */
export const month = dateText('YYYY-MM', isMonth);
/** `YYYY-MM-DD`, a day of the calendar. */
export const day = dateText('YYYY-MM-DD', isDay);
/** `YYYY` or `YYYY-MM-DD`. */
export const yearOrDay = dateText('YYYY or YYYY-MM-DD', (value) => isYear(value) || isDay(value));

/** ISO 3166 alpha-2 by its form. Whether the country exists is a matter for lint: the list changes. */
export const countryCode = fitting((value) => /^[A-Z]{2}$/.test(value), {
  code: 'bad_code',
  expected: 'an ISO 3166 code of two capital letters',
});

/** A full `http` or `https` address without a user name or password in it. */
export function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(value) || hasUnsafeCharacters(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username + password === '';
}

/** Schema of {@link isWebAddress}. */
export const webUrl = fitting(isWebAddress, { code: 'bad_url' });

/** A list with so many entries. Our own check: those of zod also run on what is no list, and can throw there. */
export function list<S extends z.ZodType>(entry: S, least: number, most = Infinity): z.ZodArray<S> {
  const counted = z.array(entry).check(({ value, issues }) => {
    const { length } = value;
    if (length < least) issues.push({ code: 'custom', input: value, params: noEntries });
    if (length > most)
      issues.push({ code: 'custom', input: value, params: { code: 'too_many', expected: String(most) } });
  });
  // For the JSON Schema that zod makes of it.
  return counted.meta({ minItems: least, ...(most < Infinity ? { maxItems: most } : {}) });
}

const noEntries: Fault = { code: 'missing_field', message: 'has no entries', remedy: 'Add at least one.' };

/** Says what is wrong at a place below the object that a rule looks at. */
export type Report = (path: readonly (string | number)[], fault: Fault) => void;

/**
 * A rule over several fields. It runs also when single fields are wrong, so that all problems are found at once: its input can hold
 * anything.
 */
export type Rule = (value: Readonly<Record<string, unknown>>, report: Report) => void;

/** Begins zod's message about unknown members; the names of the known ones follow, separated by `, `. */
export const knownNames = 'The known names are: ';

/** What {@link strict} makes. */
export type StrictObject<S extends z.ZodRawShape> = z.ZodObject<
  { -readonly [K in keyof S]: S[K] },
  z.core.$strict
>;

/** An object that refuses unknown members. */
export function strict<const S extends z.ZodRawShape>(shape: S, rule?: Rule): StrictObject<S> {
  const schema: StrictObject<S> = z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? knownNames + Object.keys(shape).join(', ') : undefined,
  });
  if (rule === undefined) return schema;
  return schema.superRefine(
    (value: unknown, context) => {
      if (isObject(value)) {
        rule(value, (path, fault) =>
          context.addIssue({ code: 'custom', path: [...path], params: { ...fault } }),
        );
      }
    },
    { when: () => true },
  );
}

/** A JSON object: not null, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
