import type { Fault } from './fault.ts';
import { isObject, isWebAddress } from './field-schemas.ts';

/** What can come with a credential (docs: the field pages). Which of them a type takes is in its definition. */
export type DocumentType = 'pdf' | 'png' | 'jpg' | 'open_cert' | 'english_assessment';

/**
 * A file or OpenCert that proves the credential. `value` is the public address of a file (in v2 also a data URL), the text of an OpenCert
 * encoded as JSON exactly once, or `null`: the file is uploaded afterwards (v2 only).
 */
export interface CredentialDocument<D extends DocumentType = DocumentType> {
  type: D;
  value: string | null;
}

/** What is wrong with a document of this type, or `undefined`. */
export function documentFault(
  type: unknown,
  value: string,
  dataUrl: 'data URL' | 'no data URL',
): Fault | undefined {
  if (type === 'open_cert') return openCertFault(value);
  if (isWebAddress(value) || (dataUrl === 'data URL' && isDataUrl(value))) return undefined;
  return {
    code: 'bad_document',
    message: 'is not the http or https address of a file',
    remedy: 'Give an address that opens without logging in.',
  };
}

function openCertFault(value: string): Fault | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    // Said below, with what parses to something else.
  }
  if (isObject(parsed)) return undefined;
  return {
    code: 'bad_document',
    message:
      typeof parsed === 'string'
        ? 'is an OpenCert encoded as JSON twice'
        : 'is not the JSON text of an OpenCert',
    remedy: 'Give the text of the OpenCert, encoded as JSON exactly once.',
  };
}

/** Whether a document travels inside its own address. */
export function isDataUrl(value: string): boolean {
  return /^data:[a-z]+\/[a-z0-9.+-]+;base64,[a-z0-9+/]+={0,2}$/i.test(value);
}
