import { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import { bare } from './personal-data.ts';
import { type Fault, type Problem, problemAt } from './problem.ts';

/** Keeps the offending values in zod's issues, where this file tells a missing field from a wrong one. They go no further. */
const withInput = { reportInput: true } as const;

/**
 * Parses `value`; what is wrong is added to `problems`, each with its path below `at`.
 * The result is a copy with known members only, or `undefined` when there were problems.
 */
export function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  at: string,
  problems: Problem[],
): T | undefined {
  const result = schema.safeParse(value, withInput);
  if (result.success) return result.data;
  for (const issue of result.error.issues) addProblems(schema, issue, at, problems);
  return undefined;
}

function addProblems(schema: z.ZodType, issue: z.core.$ZodIssue, at: string, problems: Problem[]): void {
  const path = join(at, ...issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = memberNames(schema, issue.path);
    for (const key of issue.keys) problems.push(unknownField(path, key, known));
  } else {
    problems.push(problemAt(path, faultOf(issue, path)));
  }
}

/** The words for kinds of JSON values that readers of a message know. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function faultOf(issue: z.core.$ZodIssue, path: string): Fault {
  if (issue.code === 'custom') return issue.params as unknown as Fault;
  if (issue.input === undefined && path !== '') return { code: 'missing_field' };
  if (issue.code === 'invalid_value') return { code: 'not_one_of', expected: issue.values.join(', ') };
  if (issue.code === 'too_big') return { code: 'too_many', expected: String(issue.maximum) };
  if (issue.code === 'too_small')
    return { code: 'missing_field', message: 'has no entries', remedy: 'Add at least one.' };
  if (issue.code !== 'invalid_type') return { code: 'wrong_type' };
  return path === ''
    ? { code: 'not_an_object' }
    : { code: 'wrong_type', expected: kinds[issue.expected] ?? issue.expected };
}

/** A key of the caller may be anything, so only what looks like a name of a field is repeated. */
export function unknownField(at: string, key: string, known: readonly string[]): Problem {
  const near = nearestName(key, known);
  return problemAt(join(at, /^[A-Za-z_][\w-]{0,39}$/.test(key) ? key : '(unnamed)'), {
    code: 'unknown_field',
    remedy: near === undefined ? 'Remove it.' : `Did you mean ${near}? Otherwise remove it.`,
  });
}

/** The names that the object at `path` knows. */
function memberNames(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let inner = bare(schema);
  for (const key of path) {
    if (inner instanceof z.ZodArray) inner = bare(inner.element);
    else if (inner instanceof z.ZodObject) inner = bare((inner.shape as z.ZodRawShape)[String(key)] ?? inner);
  }
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** Joins parts of a path with dots. */
export function join(...parts: readonly PropertyKey[]): string {
  return parts
    .filter((part) => part !== '')
    .map(String)
    .join('.');
}
