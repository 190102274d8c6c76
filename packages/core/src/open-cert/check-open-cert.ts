import { ConfigurationError } from '../errors.ts';
import { invalid, unknown, valid } from './check.ts';
import { comparePayload } from './compare-payload.ts';
import { readContents } from './contents.ts';
import { checkDates } from './dates.ts';
import { hashesFit } from './integrity.ts';
import { findPersonalData, safePath } from './personal-data.ts';
import { type JsonObject, readDocument } from './read-document.ts';
import type { OpenCertChecks, OpenCertPayload, OpenCertReport, OpenCertWarning } from './report.ts';
import { readWrapped } from './wrapped-document.ts';

/** Settings of {@link checkOpenCert}. */
export interface CheckOpenCertOptions {
  /** What to compare the document with: `credential.fields`. Default: nothing. */
  readonly payload?: OpenCertPayload;
  /** Milliseconds since the epoch. Default: the machine's clock. */
  readonly now?: number;
  /** The largest document that is looked at, in bytes. Default 2,097,152. */
  readonly maxBytes?: number;
}

const offline = {
  issued: unknown(
    'needs_network',
    'Whether it was issued and not revoked is on record with the issuer, not in the document.',
    'Look it up where the issuer publishes its OpenCerts.',
  ),
  issuer: unknown(
    'needs_network',
    'Whether the issuer named in the document made it is not in the document: anybody can wrap one.',
    'Take documents only from your own wrapping tool or from people you know.',
  ),
};

/** For every check that an earlier one made impossible. */
const notReached = unknown('not_reached', 'An earlier check failed.', 'Mend that first.');

const nothingReached: OpenCertChecks = {
  readable: notReached,
  wrapped: notReached,
  integrity: notReached,
  dates: notReached,
  ...offline,
};

/**
 * Checks an OpenCert (a wrapped OpenAttestation v2 document) without the network: nothing altered, in force, the same
 * person, course, issuer and year as the payload, no needless personal data inside. Whatever the document is, the
 * answer is a report; no message in it holds a value of the document.
 *
 * @param document The text of the file, or the parsed object.
 * @throws {ConfigurationError} `invalid_configuration` when `now` or `maxBytes` is not a number.
 * @example
 * const { ok, checks, comparisons } = checkOpenCert(fileText, { payload: credential.fields });
 */
export function checkOpenCert(document: unknown, options: CheckOpenCertOptions = {}): OpenCertReport {
  const { payload = {}, now = Date.now(), maxBytes = 2_097_152 } = options;
  if (!Number.isFinite(now) || Number.isNaN(maxBytes)) {
    throw new ConfigurationError(
      '`now` must be milliseconds and `maxBytes` a number of bytes. Mend the setting.',
    );
  }
  const read = readDocument(document, maxBytes);
  if (read.fault !== undefined) return failed({ ...nothingReached, readable: read.fault });
  const readable = valid('The document is JSON, encoded once.');

  const wrapped = readWrapped(read.document);
  if (wrapped.fault !== undefined) return failed({ ...nothingReached, readable, wrapped: wrapped.fault });

  const contents = readContents(wrapped.leaves);
  const checks: OpenCertChecks = {
    readable,
    wrapped: valid('The document is wrapped: every value is salted.'),
    integrity: hashesFit(wrapped.leaves, wrapped.hashes)
      ? valid('Nothing was altered since the document was wrapped.')
      : invalid('altered', 'The document was altered after it was wrapped.', 'Get the original file again.'),
    dates: checkDates(contents, now),
    ...offline,
  };
  const comparisons = comparePayload(contents, payload);
  const isOk =
    checks.integrity.result === 'VALID' &&
    checks.dates.result !== 'INVALID' &&
    comparisons.every(({ result }) => result !== 'mismatch');
  return {
    ok: isOk,
    checks,
    comparisons,
    warnings: [...unprotectedMembers(read.document), ...findPersonalData(contents)].slice(0, 50),
  };
}

function failed(checks: OpenCertChecks): OpenCertReport {
  return { ok: false, checks, comparisons: [], warnings: [] };
}

const knownMembers = new Set(['version', 'schema', 'data', 'signature', 'privacy', 'proof']);

/** The hash covers `data` alone: whatever stands beside it can be changed by anybody. */
function unprotectedMembers(document: JsonObject): OpenCertWarning[] {
  return Object.keys(document)
    .filter((name) => !knownMembers.has(name))
    .map((name) => ({
      code: 'not_protected',
      path: safePath(name),
      message: 'The document has a member that its hash does not protect.',
      remedy: 'Remove it, or do not rely on it.',
    }));
}
