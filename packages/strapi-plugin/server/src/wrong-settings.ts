import { ConfigurationError, requireKnown, SeekPassError, type SettingProblem } from '@seek-pass-kit/core';
import type { z } from 'zod';

/**
 * What is wrong with settings: a sentence for each, with its path and the remedy. Never a value: it may be a secret that was put into the wrong
 * place.
 */
export function wrongSettings(schema: z.ZodType, given: unknown, error: z.ZodError): ConfigurationError {
  return new ConfigurationError(
    error.issues.flatMap((issue): readonly SettingProblem[] => {
      const path = pathText(issue.path);
      if (issue.code === 'unrecognized_keys') return unknownNames(schema, issue.path, issue.keys);
      const what = valueAt(given, issue.path) === undefined ? 'is missing' : 'is not right';
      const setting = path === '' ? 'config' : path;
      return [{ setting, message: `${setting} ${what}: ${issue.message}.` }];
    }),
  );
}

/** With the name that was probably meant. */
function unknownNames(
  schema: z.ZodType,
  path: readonly PropertyKey[],
  names: readonly string[],
): readonly SettingProblem[] {
  const where = pathText(path);
  const kind = where === '' ? 'setting' : `setting of ${where}`;
  try {
    requireKnown(kind, namesAt(schema, path), Object.fromEntries(names.map((name) => [name, true])));
    return [];
  } catch (error) {
    if (!SeekPassError.is(error) || error.code !== 'invalid_configuration') throw error;
    return (error as ConfigurationError).problems;
  }
}

function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const section = path.reduce<unknown>((at, part) => member(shapeOf(at), part), schema);
  return Object.keys(shapeOf(section));
}

function shapeOf(schema: unknown): object {
  const inner = member(schema, 'def');
  const wrapped = member(inner, 'innerType');
  if (wrapped !== undefined) return shapeOf(wrapped);
  return Object(member(inner, 'shape')) as object;
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(member, given);
}

function member(of: unknown, name: PropertyKey): unknown {
  return typeof of === 'object' && of !== null ? (Reflect.get(of, name) as unknown) : undefined;
}
