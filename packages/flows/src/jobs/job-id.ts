import { createHash } from 'node:crypto';

/** The id of a job, made from what it is about: the same work is enqueued once, however often somebody asks for it. */
export function jobId(issuer: string, kind: string, ...about: readonly string[]): string {
  const hash = createHash('sha256').update('seek-pass-kit job');
  for (const field of [issuer, kind, ...about]) hash.update(`:${Buffer.byteLength(field)}:${field}`);
  const bytes = hash.digest().subarray(0, 16);
  // A UUID of version 8: contents of one's own (RFC 9562).
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
