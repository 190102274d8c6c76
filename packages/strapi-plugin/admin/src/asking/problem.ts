import { isFetchError } from '@strapi/strapi/admin';
import type { Words } from '../words/use-words.ts';

/** Why a question to the server was not answered, in words for whoever asked. */
export interface Problem {
  readonly message: string;
  /** Absent when no answer came at all. */
  readonly status?: number;
  /** What is wrong with which field, by its path: `brand.name`. Empty when it is about none. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** The problem that Strapi told of, or that no answer came. */
export function problemOf(error: unknown, words: Words): Problem {
  if (!isFetchError(error)) return { message: words('shell.error.offline'), fields: {} };
  const told = error.response?.data.error;
  const status = error.status ?? told?.status;
  if (status === undefined) return { message: words('shell.error.offline'), fields: {} };
  if (status === 403) return { status, message: words('shell.error.forbidden'), fields: {} };
  if (status >= 500 || told === undefined)
    return { status, message: words('shell.error.unexpected'), fields: {} };
  return { status, message: told.message, fields: fieldsOf(told.details) };
}

/** Strapi's details of a refused input: `{ errors: [{ path: ['brand', 'name'], message }] }`. */
function fieldsOf(details: unknown): Problem['fields'] {
  const fields: Record<string, string[]> = {};
  if (typeof details !== 'object' || details === null || !('errors' in details)) return fields;
  if (!Array.isArray(details.errors)) return fields;
  for (const fault of details.errors as unknown[]) {
    if (typeof fault !== 'object' || fault === null || !('path' in fault) || !('message' in fault)) continue;
    const path = Array.isArray(fault.path) ? fault.path.join('.') : String(fault.path);
    (fields[path] ??= []).push(String(fault.message));
  }
  return fields;
}
