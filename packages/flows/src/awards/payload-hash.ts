import { createHmac } from 'node:crypto';
import type { FileNote } from '../documents/award-file.ts';

/**
 * A keyed hash of a credential, with the file that goes with it, that does not depend on the order of its members: tells "unchanged"
 * and proves later what was sent, and gives nothing away without the key.
 */
export function payloadHash(
  lookupKey: Uint8Array,
  issuer: string,
  credential: unknown,
  file?: FileNote,
): Uint8Array {
  return createHmac('sha256', lookupKey)
    .update(`payload:${issuer.length}:${issuer}:`)
    .update(canonical(file === undefined ? credential : { credential, file }))
    .digest();
}

/** JSON with members in order of their names; members that are `undefined` are left out, as JSON does. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
