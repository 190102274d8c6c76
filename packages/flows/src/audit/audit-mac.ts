import { createHmac } from 'node:crypto';
import type { AuditLinkRow, TrailLine } from '../store/audit.ts';

/** Bytes of a line's tag. */
export const tagBytes = 16;

/** What was already gone when it was to be covered. No line has this tag but by a chance of 2^-128. */
export const goneTag: Uint8Array = new Uint8Array(tagBytes);

/** The key of the chain: made from the key file, so it is not in the database and is never rotated. */
export function auditKey(lookupKey: Uint8Array): Uint8Array {
  return createHmac('sha256', lookupKey).update('audit chain').digest();
}

/** What a line said, in 16 bytes that nobody can make without the key: every column of it, and its position. */
export function tagOf(key: Uint8Array, line: TrailLine): Uint8Array {
  return macOf(key, ['line', line.source, line.position, ...valuesOf(line)]).subarray(0, tagBytes);
}

/** What a link says: everything of it but its own `mac`. */
export function linkMac(key: Uint8Array, link: Omit<AuditLinkRow, 'mac'>): Uint8Array {
  const { issuer, number, source, ranges, tags, previous, sealedAt } = link;
  return macOf(key, ['link', issuer, number, source, ranges.join(), tags, previous, sealedAt]);
}

type Value = string | number | boolean | Uint8Array | null;

/** The values of a line, in a fixed order. A column that comes later must leave the tags of lines without it as they are. */
function valuesOf(line: TrailLine): Value[] {
  switch (line.source) {
    case 'award': {
      const { issuer, awardId, at, who, what, why, payloadHash } = line.row;
      return [issuer, awardId, at, who, what, why, payloadHash];
    }
    case 'audit': {
      const { issuer, at, who, what, about, why } = line.row;
      return [issuer, at, who, what, about, why];
    }
    case 'stop': {
      const { issuer, credentialType, stopped, at, who, why } = line.row;
      return [issuer, credentialType, stopped, at, who, why];
    }
  }
}

/** Each value with its length before it, so that nothing can move from one into the next. */
function macOf(key: Uint8Array, values: readonly Value[]): Uint8Array {
  const text = values.map((value) => {
    if (value === null) return '-';
    const plain = value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : String(value);
    return `${Buffer.byteLength(plain)}:${plain}`;
  });
  return createHmac('sha256', key).update(text.join('')).digest();
}
