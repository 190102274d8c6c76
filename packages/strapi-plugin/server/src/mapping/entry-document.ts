import { type CredentialType, type DocumentType } from '@seek-pass-kit/core';
import { type AwardFile, documentTypeOf } from '@seek-pass-kit/flows';
import type { MappingFinding } from '../../../contract/mapping.ts';

/** A file of the media library, as Strapi populates it. */
export interface MediaFile {
  readonly url: string;
  readonly ext?: string | null;
  readonly mime?: string | null;
  /** Its address is made anew each time and soon over. */
  readonly isUrlSigned?: boolean;
}

/** The document of an entry: an address that SEEK Pass fetches, or a file that is handed over. */
export type EntryDocument =
  | { readonly url: string; readonly type?: DocumentType }
  | { readonly file: AwardFile }
  | { readonly finding: MappingFinding };

/** What kind of file an ending says it is. */
const fileTypes: Readonly<Record<string, AwardFile['type']>> = {
  pdf: 'pdf',
  png: 'png',
  jpg: 'jpg',
  jpeg: 'jpg',
};

/** What SEEK Pass calls the document behind an address, by its ending; `undefined` when that does not say it. */
export function documentTypeByEnding(type: CredentialType, address: string): DocumentType | undefined {
  const path = URL.canParse(address) ? new URL(address).pathname : address;
  const fileType = fileTypeByEnding(path);
  return fileType === undefined ? undefined : documentTypeOf({ credential_type: type }, fileType);
}

/** What kind of file a name says it is. */
export function fileTypeByEnding(name: string): AwardFile['type'] | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(fileTypes, ending) ? fileTypes[ending] : undefined;
}

/** Whether what stands in a media field is a file. */
export function isMediaFile(value: unknown): value is MediaFile {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string';
}
