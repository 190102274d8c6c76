/**
 * The bytes of a presented token of 32 bytes; `undefined` when it is none. One spelling counts: the last of its 43 characters has two
 * bits to spare, so four texts would spell the same bytes.
 */
export function tokenBytes(presented: string): Buffer | undefined {
  if (presented.length !== 43) return undefined;
  const bytes = Buffer.from(presented, 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === presented ? bytes : undefined;
}
