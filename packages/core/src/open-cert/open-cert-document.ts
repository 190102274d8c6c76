import { InvalidPayloadError } from '../errors.ts';
import { maxDepth } from './leaves.ts';
import { readDocument, toText } from './read-document.ts';

/** An OpenCert as the `document` of a credential. */
export interface OpenCertDocument {
  readonly type: 'open_cert';
  /** The whole OpenCert as JSON text, encoded exactly once. */
  readonly value: string;
}

/**
 * Makes the `document` of a credential from an OpenCert, encoded as JSON exactly once whichever way it comes (docs:
 * "Education field descriptions"). The text is written anew: of a member that is there twice only the last stays, so
 * that every reader sees what {@link checkOpenCert} saw.
 *
 * @param document The text of the file, or the parsed object.
 * @throws {InvalidPayloadError} `invalid_payload` with the problem `bad_document` when it is no JSON object, or is
 * encoded twice.
 * @example
 * const credential = { credential_type: 'education', fields, document: openCertDocument(fileText) };
 */
export function openCertDocument(document: unknown): OpenCertDocument {
  const read = readDocument(document);
  if (read.fault !== undefined) throw badDocument(read.fault.message, read.fault.remedy);
  // `data` may be as deep as it can be checked; not left to JSON.stringify: whether that gives up differs between versions of Node.
  const value = isDeeperThan(maxDepth + 1, read.document) ? undefined : toText(read.document);
  if (value !== undefined) return { type: 'open_cert', value };
  throw badDocument('The document is nested too deeply.', 'Pass an OpenCert as its issuer wrapped it.');
}

/** Level by level, so that no nesting exhausts the stack. */
function isDeeperThan(depth: number, document: object): boolean {
  let level: object[] = [document];
  for (let at = 0; at <= depth && level.length > 0; at += 1) {
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return level.length > 0;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function badDocument(message: string, remedy = ''): InvalidPayloadError {
  const problem = {
    path: 'document.value',
    code: 'bad_document',
    message: message.replace(/\.$/, ''),
    remedy,
  } as const;
  return new InvalidPayloadError([problem]);
}
