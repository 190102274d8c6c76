import { createHmac } from 'node:crypto';
import { ConfigurationError } from '../errors.ts';
import { lengthPrefixed } from './length-prefix.ts';
import { namespaceSecret } from './namespace.ts';

/** What names a submission. */
export interface SubmissionIdParts {
  /** Readable start of the id, like `UNI`: letters, digits, `_` and `-`, at most 20. */
  readonly prefix?: string;
  /** From {@link createNamespace}: a secret of one issuer in one environment. */
  readonly namespace: string;
  /** The business key of the award: stable, unique for the issuer. May be personal (a student number): it does not show in the id. */
  readonly key: string;
  /** Rises with every correction, so that a corrected award never meets its old data or the old recipient's link. From 1. */
  readonly version: number;
  /** Rises when an earlier submission is over (expired, declined) and the award is submitted again. From 1. */
  readonly attempt: number;
}

/**
 * The `id` of a submission (security rule 2): the same parts always give the same id, so a retry or a second worker cannot make a second
 * submission, and other parts never do. The form is the documented advice, `<PREFIX>-<UUID>` (docs: "Redirect user").
 */
export function submissionId({ prefix, namespace, key, version, attempt }: SubmissionIdParts): string {
  if (prefix !== undefined && !/^[A-Za-z0-9_-]{1,20}$/.test(prefix)) {
    throw new ConfigurationError(
      'The prefix of a submission id takes 1 to 20 letters, digits, _ and -: shorten or leave it out.',
    );
  }
  if (typeof key !== 'string' || key === '') {
    throw new ConfigurationError('The key of a submission id is empty: pass the business key of the award.');
  }
  const digest = createHmac('sha256', namespaceSecret(namespace))
    .update(
      lengthPrefixed('seek-pass-kit submission 1', key, count('version', version), count('attempt', attempt)),
    )
    .digest();
  const uuid = asUuid(digest);
  return prefix === undefined ? uuid : `${prefix}-${uuid}`;
}

function count(name: string, value: number): string {
  if (Number.isSafeInteger(value) && value >= 1) return String(value);
  throw new ConfigurationError(`The ${name} of a submission id must be a whole number of at least 1.`);
}

/** The first 16 bytes as a UUID of version 8, the one for contents of one's own (RFC 9562). */
function asUuid(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
