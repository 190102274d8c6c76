import type { z } from 'zod';
import { type Fault, problemAt } from './fault.ts';
import { knownNames } from './field-schemas.ts';
import { nearestName } from './nearest-name.ts';
import type { Problem } from './problem.ts';

/** Keeps the offending values in zod's issues, where a missing field is told from a wrong one. They go no further than this file. */
const withInput = { reportInput: true } as const;

/**
 * Parses `value`; what is wrong is added to `problems`, each with its path in `value`.
 * The result is a copy with known members only, or `undefined` when there were problems.
 */
export function check<T>(schema: z.ZodType<T>, value: unknown, problems: Problem[]): T | undefined {
  const result = schema.safeParse(value, withInput);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      const known = issue.message.slice(knownNames.length).split(', ');
      for (const key of issue.keys) problems.push(unknownField(path, key, known));
    } else {
      problems.push(problemAt(path, faultOf(issue, path)));
    }
  }
  return undefined;
}

/** A key of the caller may be anything, so only what looks like the name of a field is repeated. */
function unknownField(at: string, key: string, known: readonly string[]): Problem {
  const name = /^[A-Za-z_][\w-]{0,39}$/.test(key) ? key : '(unnamed)';
  return problemAt(at === '' ? name : `${at}.${name}`, { code: 'unknown_field', ...didYouMean(key, known) });
}

function didYouMean(given: unknown, known: readonly string[]): { remedy?: string } {
  const near = typeof given === 'string' ? nearestName(given, known) : undefined;
  return near === undefined ? {} : { remedy: `Did you mean ${near}?` };
}

/** The words for kinds of JSON values that readers of a message know. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function faultOf(issue: z.core.$ZodIssue, path: string): Fault {
  const { code } = issue;
  if (code === 'custom') return issue.params as unknown as Fault;
  if (code === 'invalid_union') return unknownType(issue);
  if (issue.input === undefined && path !== '') return { code: 'missing_field' };
  if (code === 'too_big') return { code: 'too_many', expected: String(issue.maximum) };
  if (code === 'too_small')
    return { code: 'missing_field', message: 'has no entries', remedy: 'Add at least one.' };
  if (code === 'invalid_value') return { code: 'not_one_of', expected: issue.values.join(', ') };
  if (code !== 'invalid_type') return { code: 'wrong_type' };
  if (issue.expected === 'object') return { code: 'not_an_object' };
  return { code: 'wrong_type', expected: kinds[issue.expected] ?? issue.expected };
}

/** Every union here is one by `credential_type`, and its issue holds the whole object. */
function unknownType(issue: z.core.$ZodIssueInvalidUnion): Fault {
  const known = ('options' in issue ? (issue.options ?? []) : []).map(String);
  const given = (issue.input as Readonly<Record<string, unknown>>)['credential_type'];
  const fault = {
    code: 'unknown_credential_type',
    expected: known.join(', '),
    ...didYouMean(given, known),
  } as const;
  return given === undefined ? { code: 'missing_field', remedy: `Use one of: ${fault.expected}.` } : fault;
}
