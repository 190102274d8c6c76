import type { z } from 'zod';
import { type Fault, problemAt } from './fault.ts';
import { isObject, knownNames } from './field-schemas.ts';
import { nearestName } from './nearest-name.ts';
import type { Problem } from './problem.ts';

/**
 * Parses `value`; what is wrong is added to `problems`, each with its path in `value`.
 * The result is a copy with known members only, or `undefined` when there were problems.
 */
export function check<T>(schema: z.ZodType<T>, value: unknown, problems: Problem[]): T | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // Once more, slower, with the offending values in the issues: they tell a missing field from a wrong one and go no further than this file.
  const { issues } = schema.safeParse(value, { reportInput: true }).error ?? result.error;
  for (const issue of issues) {
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
  if (code === 'invalid_union') {
    return unknownType(givenType(issue.input), 'options' in issue ? (issue.options ?? []).map(String) : []);
  }
  if (code === 'invalid_value' && path === 'credential_type') {
    return unknownType(issue.input, issue.values.map(String));
  }
  if (issue.input === undefined && path !== '') return { code: 'missing_field' };
  if (code === 'invalid_value') return { code: 'not_one_of', expected: issue.values.join(', ') };
  if (code !== 'invalid_type') return { code: 'wrong_type' };
  if (issue.expected === 'object') return { code: 'not_an_object' };
  const expected = kinds[issue.expected] ?? issue.expected;
  if (issue.input !== null) return { code: 'wrong_type', expected };
  return {
    code: 'wrong_type',
    message: 'is null',
    remedy: `Give ${expected}, or leave it out if it is optional.`,
  };
}

/** Every union here is one by `credential_type`; its issue holds the whole object. */
function givenType(input: unknown): unknown {
  return isObject(input) ? input['credential_type'] : undefined;
}

function unknownType(given: unknown, known: readonly string[]): Fault {
  const expected = known.join(', ');
  if (given === undefined) return { code: 'missing_field', remedy: `Use one of: ${expected}.` };
  return { code: 'unknown_credential_type', expected, ...didYouMean(given, known) };
}
