/**
 * Reads `Retry-After` (RFC 9110): whole seconds, or a date, which is counted from the `Date` of the same answer so that a wrong local clock does not
 * matter. Milliseconds, or `undefined` when it is absent or unreadable.
 */
export function retryAfterMs(
  header: string | string[] | undefined,
  dateHeader: string | string[] | undefined,
  now: number,
): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const ms = Number(text) * 1000;
    return Number.isFinite(ms) ? Math.ceil(ms) : undefined;
  }
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  const answeredAt = typeof dateHeader === 'string' ? Date.parse(dateHeader) : Number.NaN;
  return Math.max(0, at - (Number.isNaN(answeredAt) ? now : answeredAt));
}
