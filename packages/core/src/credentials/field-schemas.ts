import { z } from 'zod';
import { isDay, isMonth, isYear } from './calendar.ts';
import type { Fault } from './problem.ts';
import { hasUnsafeCharacters, isBlank, looksLikeWebAddress } from './text-safety.ts';

const empty: Fault = { code: 'empty_text' };
const badCharacters: Fault = { code: 'bad_characters' };

/** A string schema with one check of ours. Plain code, not a chain of zod checks: it runs for every field of every credential. */
function checkedText(faultOf: (value: string) => Fault | undefined): z.ZodString {
  return z.string().check((payload) => {
    const fault = faultOf(payload.value);
    if (fault !== undefined) payload.issues.push({ code: 'custom', input: payload.value, params: fault });
  });
}

function textFault(value: string): Fault | undefined {
  if (hasUnsafeCharacters(value)) return badCharacters;
  return isBlank(value) ? empty : undefined;
}

/** Any text with something to read in it, without control characters and bidirectional overrides. */
export function text(): z.ZodString {
  return checkedText(textFault);
}

const webAddress: Fault = {
  code: 'bad_characters',
  message: 'looks like a web address',
  remedy: 'Give the name of the person; put a space after a full stop.',
};

/** A person's name: {@link text} that no mail program turns into a link (security rule 20). */
export function personName(): z.ZodString {
  return checkedText((value) => textFault(value) ?? (looksLikeWebAddress(value) ? webAddress : undefined));
}

function dateText(expected: string, isValid: (value: string) => boolean): () => z.ZodString {
  const fault: Fault = { code: 'bad_date', expected };
  return () => checkedText((value) => (isValid(value) ? undefined : fault));
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
export function countryCode(): z.ZodString {
  const fault: Fault = { code: 'bad_code' };
  return checkedText((value) => (/^[A-Z]{2}$/.test(value) ? undefined : fault));
}

/** A full `http` or `https` address without a user name or password in it. */
export function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(value) || hasUnsafeCharacters(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.username === '' && url.password === '';
}

/** Schema of {@link isWebAddress}. */
export function webUrl(): z.ZodString {
  const fault: Fault = { code: 'bad_url' };
  return checkedText((value) => (isWebAddress(value) ? undefined : fault));
}

/** Says what is wrong at a place below the object that a rule looks at. */
export type Report = (path: (string | number)[], fault: Fault) => void;

/**
 * A rule over several fields. It runs also when single fields are wrong, so that all problems are found at once: its input can hold
 * anything.
 */
export type Rule = (value: Readonly<Record<string, unknown>>, report: Report) => void;

/** An object that refuses unknown members. */
export function strict<const S extends z.ZodRawShape>(shape: S, rule?: Rule): StrictObject<S> {
  const schema: StrictObject<S> = z.strictObject(shape);
  if (rule === undefined) return schema;
  return schema.superRefine(
    (value: unknown, context) => {
      if (!isObject(value)) return;
      rule(value, (path, params) => context.addIssue({ code: 'custom', path, params: { ...params } }));
    },
    { when: () => true },
  );
}

/** What {@link strict} makes. */
export type StrictObject<S extends z.ZodRawShape> = z.ZodObject<
  { -readonly [K in keyof S]: S[K] },
  z.core.$strict
>;

/** A JSON object: not null, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
