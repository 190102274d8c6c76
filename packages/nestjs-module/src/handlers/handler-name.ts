import { createHash } from 'node:crypto';

/** The name that outcomes of a method are stored under. Short enough and of the letters that stores take; the same for the same names. */
export function handlerName(className: string, methodName: string): string {
  const name = `${className}-${methodName}`.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  if (name.length <= 63) return name;
  return `${name.slice(0, 54)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
