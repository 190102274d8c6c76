import { isError } from '../is-error.ts';

/** Codes of the operating system when a server is away, starting or gone in the middle. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);

/** Classes and codes of PostgreSQL: connection exceptions, too many connections, shutdowns, idle too long. */
const serverCodes = /^(08...|53300|57P0[1235]|25P03)$/;

/** What `pg` says without a code. */
const lostMessages =
  /connection terminated|connection error|client was closed|timeout exceeded when trying to connect|connection timeout/i;

/** A connection that is lost for a reason which `pg` does not report as an error. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** Whether the connection is what failed, so that the statement may be carried out over another one. */
export function isConnectionFault(error: unknown): boolean {
  if (!isError(error)) return false;
  if (error instanceof ConnectionLost) return true;
  const code = codeOf(error);
  return code === undefined
    ? lostMessages.test(error.message)
    : networkCodes.has(code) || serverCodes.test(code);
}

/** Whether PostgreSQL undid a transaction for the sake of others, and asks to try it again. */
export function isContention(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error) ?? '');
}

/** Whether a row exists already (unique), one that it refers to does not (foreign key), or somebody else has it for too long (lock). */
export function isRowConflict(error: unknown): boolean {
  return ['23505', '23503', '55P03'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = isError(error) && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
