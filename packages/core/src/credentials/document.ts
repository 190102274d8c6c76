import type { Fault } from './problem.ts';
import { isObject, isWebAddress } from './field-schemas.ts';

/** What can come with a credential (docs: the field pages). Which of them a type takes is in its definition. */
export type DocumentType = 'pdf' | 'png' | 'jpg' | 'open_cert' | 'english_assessment';

/**
 * A file or OpenCert that proves the credential. `value` is the public address of a file (a data URL too, where a type documents v2
 * assets), the text of an OpenCert encoded as JSON exactly once, or `null`: the file is uploaded afterwards (v2 only).
 */
export interface CredentialDocument<D extends DocumentType = DocumentType> {
  type: D;
  value: string | null;
}

const badDocument = (message: string, remedy: string): Fault => ({ code: 'bad_document', message, remedy });

const notAnAddress = badDocument(
  'is not the http or https address of a file',
  'Give an address that opens without logging in.',
);
const notOpenCert = badDocument(
  'is not the text of an OpenCert',
  'Give JSON.stringify(openCert), applied exactly once.',
);
const encodedTwice = badDocument(
  'is an OpenCert encoded as JSON twice',
  'Apply JSON.stringify once: leave an OpenCert that is text already as it is.',
);

/** What is wrong with a document of this type, or `undefined`. `dataUrl` also lets `data:` through. */
export function documentFault(type: DocumentType, value: string, dataUrl: boolean): Fault | undefined {
  if (type !== 'open_cert') {
    return isWebAddress(value) || (dataUrl && isDataUrl(value)) ? undefined : notAnAddress;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return notOpenCert;
  }
  if (typeof parsed === 'string') return encodedTwice;
  return isObject(parsed) ? undefined : notOpenCert;
}

/** Whether a document travels inside its own address. */
export function isDataUrl(value: string): boolean {
  return /^data:[a-z]+\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/]+={0,2}$/.test(value);
}
