import {
  type Credential,
  credentialDefinitions,
  defaultVersion,
  type DocumentType,
} from '@seek-pass-kit/core';
import { createHash } from 'node:crypto';
import type { AwardProblem } from '../awards/award-problem.ts';
import type { FileType } from '../store/documents.ts';
import type { DocumentSettings } from './document-settings.ts';
import { fileTypeOf, mediaTypes } from './file-type.ts';

/** A file that proves a credential: its certificate, for instance. */
export interface AwardFile {
  readonly type: FileType;
  readonly bytes: Uint8Array;
}

/** What an award remembers of its file. Sealed like everything else of it. */
export interface FileNote {
  readonly type: FileType;
  /** In bytes. */
  readonly size: number;
  /** Of the bytes, in base64url: a corrected file is another award. */
  readonly sha256: string;
}

/** What stands for a file in hashes and in the sealed award. */
export function fileNote({ type, bytes }: AwardFile): FileNote {
  return { type, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('base64url') };
}

/** What is wrong with the file of an award whose credential is right. */
export function fileProblems(
  credential: Credential,
  file: unknown,
  settings: DocumentSettings | undefined,
): AwardProblem[] {
  if (!isFile(file)) {
    return [
      {
        path: 'file',
        code: 'bad_file',
        message: 'is not a file',
        remedy: 'Give { type, bytes }: type is pdf, png or jpg, bytes a Uint8Array or Buffer.',
      },
    ];
  }
  const problem =
    ownProblem(credential, file) ??
    placeProblem(credential, settings) ??
    sizeProblem(file, settings?.maxBytes ?? Number.POSITIVE_INFINITY);
  return problem === undefined ? [] : [problem];
}

/** What is wrong with a file by itself: a type that its credential does not take, or contents of another type. */
export function ownProblem(credential: Credential, { type, bytes }: AwardFile): AwardProblem | undefined {
  const { credential_type } = credential;
  if (documentTypeOf(credential, type) === undefined) {
    const taken = credentialDefinitions[credential_type].documents.map(fileTypeOfDocument);
    const types = taken.filter((other) => other !== undefined).join(', ');
    return {
      path: 'file.type',
      code: 'bad_file',
      message: `is ${type}, which ${credential_type} does not take`,
      remedy: types === '' ? 'Leave the file out.' : `Give one of: ${types}.`,
    };
  }
  if (fileTypeOf(bytes) === type) return undefined;
  return {
    path: 'file',
    code: 'bad_file',
    message: `is no ${type} by its first bytes`,
    remedy: 'Give the right file with its right type.',
  };
}

function placeProblem(
  credential: Credential,
  settings: DocumentSettings | undefined,
): AwardProblem | undefined {
  if (credential.document !== undefined) {
    return {
      path: 'file',
      code: 'bad_file',
      message: 'is given besides credential.document, and a credential has one document',
      remedy: 'Leave one of the two out.',
    };
  }
  if (settings?.baseUrl !== undefined || isUploaded(credential, settings)) return undefined;
  return {
    path: 'file',
    code: 'no_place_for_files',
    message: 'has no place where SEEK Pass can fetch it',
    remedy:
      'Set documents.baseUrl and serve flow.documents() there; seek-pass serve does when its config has documents.',
  };
}

function sizeProblem({ bytes }: AwardFile, maxBytes: number): AwardProblem | undefined {
  if (bytes.length <= maxBytes) return undefined;
  return {
    path: 'file',
    code: 'file_too_large',
    message: `is larger than ${maxBytes} bytes`,
    remedy: 'Make it smaller, or raise documents.maxBytes after asking SEEK Pass what it takes.',
  };
}

/** What SEEK Pass calls a file of this type in this credential; `undefined`: it does not take it. */
export function documentTypeOf(
  { credential_type }: Pick<Credential, 'credential_type'>,
  type: FileType,
): DocumentType | undefined {
  const documents: readonly DocumentType[] = credentialDefinitions[credential_type].documents;
  return documents.find((document) => fileTypeOfDocument(document) === type);
}

/** What kind of file a document is; the one of an English test is a PDF. `undefined`: no file. */
export function fileTypeOfDocument(document: DocumentType): FileType | undefined {
  if (document === 'english_assessment') return 'pdf';
  return document === 'open_cert' ? undefined : document;
}

/** Whether the file of such a credential is uploaded: only v2 answers with a link for it. */
export function isUploaded(
  { credential_type }: Pick<Credential, 'credential_type'>,
  settings: DocumentSettings | undefined,
): boolean {
  return settings?.upload !== undefined && defaultVersion(credential_type) === 'v2';
}

function isFile(file: unknown): file is AwardFile {
  if (typeof file !== 'object' || file === null) return false;
  const { type, bytes } = file as { type?: unknown; bytes?: unknown };
  return typeof type === 'string' && Object.hasOwn(mediaTypes, type) && bytes instanceof Uint8Array;
}
