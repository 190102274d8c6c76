import { ConfigurationError, type Environment, type SeekPass } from '@seek-pass-kit/core';
import type { DocumentUrlCheckerOptions } from './document-url-checker.ts';
import { readBaseUrl } from '../served-base-url.ts';

/** A presigned link of SEEK Pass, for one file. */
export interface UploadLink {
  /** As SEEK Pass gave it. */
  readonly url: string;
  /** When the link was made for one. Default: that of the file. */
  readonly contentType?: string;
}

/** Documents of awards: files that are handed over, and addresses. */
export interface DocumentOptions {
  /**
   * Where SEEK Pass fetches them: `https://credentials.example.edu/documents`, the place where `flow.documents()` is mounted. Without it only
   * files that are uploaded can be issued.
   */
  readonly baseUrl?: string;
  /** The largest file that is taken, in bytes. Default 10 MiB. What SEEK Pass takes is not documented: ask before you raise it. */
  readonly maxBytes?: number;
  /**
   * Uploads files instead, where SEEK Pass documents a v2 add of the type by itself (today `universal_credential`). It answers such an add with a presigned link, in
   * members whose names are not documented: ask SEEK Pass, and read the link out of the answer here. `assetId` tells which file is meant.
   * `undefined`: there is none; then the claim fails, and `onError` of the claim pages hears of it.
   */
  readonly readUploadLink?: (
    response: Readonly<Record<string, unknown>>,
    assetId: string,
  ) => UploadLink | undefined;
  /**
   * Asks for the address of each `credential.document` before it is issued, and refuses what surely cannot be fetched; also of awards that
   * turn out to be unchanged. Default `false`: ask yourself with `checkDocumentUrl`, or in the dry run of a file.
   */
  readonly checkUrls?: boolean | DocumentUrlCheckerOptions;
}

/** How files get to SEEK Pass, checked. */
export interface DocumentSettings {
  /** No slash at the end. */
  readonly baseUrl?: string;
  readonly maxBytes: number;
  readonly upload?: {
    readonly readLink: NonNullable<DocumentOptions['readUploadLink']>;
    readonly put: SeekPass['uploadAsset'];
  };
  /** Absent: addresses are not asked for. */
  readonly checkUrls?: DocumentUrlCheckerOptions;
}

const usualMaxBytes = 10 * 1024 * 1024;
/** What a row of every store holds with ease, and a batch in memory. */
const mostMaxBytes = 100 * 1024 * 1024;

/** @throws {ConfigurationError} `invalid_configuration`, naming the setting. */
export function readDocumentOptions(
  { baseUrl, maxBytes = usualMaxBytes, readUploadLink, checkUrls = false }: DocumentOptions,
  seekPass: Partial<Pick<SeekPass, 'uploadAsset'>>,
  environment: Environment,
): DocumentSettings {
  if (!Number.isInteger(maxBytes) || maxBytes < 1 || maxBytes > mostMaxBytes) {
    throw new ConfigurationError(
      `documents.maxBytes must be a whole number from 1 to ${mostMaxBytes}: give the size of your largest file in bytes.`,
    );
  }
  if (baseUrl === undefined && readUploadLink === undefined && checkUrls === false) {
    throw new ConfigurationError(
      'documents needs baseUrl, where SEEK Pass can fetch files: write it like https://credentials.example.edu/documents.',
    );
  }
  return {
    maxBytes,
    ...(baseUrl === undefined ? {} : { baseUrl: readDocumentBaseUrl(baseUrl, environment) }),
    ...(readUploadLink === undefined
      ? {}
      : { upload: { readLink: readUploadLink, put: uploaderOf(seekPass) } }),
    ...(checkUrls === false ? {} : { checkUrls: checkUrls === true ? {} : checkUrls }),
  };
}

/** The path is what a host mounts; without one the handler would answer for the whole host. */
function readDocumentBaseUrl(text: string, environment: Environment): string {
  const baseUrl = readBaseUrl('documents.baseUrl', text, environment, 'documents');
  if (new URL(baseUrl).pathname !== '/') return baseUrl;
  throw new ConfigurationError(`documents.baseUrl has no path: write it like ${baseUrl}/documents.`);
}

function uploaderOf(seekPass: Partial<Pick<SeekPass, 'uploadAsset'>>): SeekPass['uploadAsset'] {
  const put = seekPass.uploadAsset?.bind(seekPass);
  if (put !== undefined) return put;
  throw new ConfigurationError(
    'documents.readUploadLink needs a seekPass that can upload: pass the client itself, a SeekPass.',
  );
}
