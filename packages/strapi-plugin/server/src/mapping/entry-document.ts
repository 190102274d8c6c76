import { readFile, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { CredentialType, DocumentType } from '@seek-pass-kit/core';
import { type AwardFile, type DocumentSettings, documentTypeOf } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import type { MappingFinding } from '../../../contract/mapping.ts';

/** A file of the media library, as Strapi populates it. */
interface MediaFile {
  readonly url: string;
  /** With its dot. */
  readonly ext?: string | null;
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
function fileTypeByEnding(name: string): AwardFile['type'] | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(fileTypes, ending) ? fileTypes[ending] : undefined;
}

/**
 * The document behind a media field: its public address, or, where the flow takes files, the file itself. Reads the file then, so it is not to
 * be called inside a transaction.
 */
export async function documentOfMedia(
  strapi: Core.Strapi,
  type: CredentialType,
  media: unknown,
  documents: DocumentSettings | undefined,
): Promise<EntryDocument | undefined> {
  if (media === undefined) return undefined;
  if (!isMediaFile(media)) return { finding: notAFile };
  const fileType = fileTypeByEnding(media.ext ?? media.url);
  if (fileType === undefined) return { finding: notAFile };
  if (documents !== undefined) {
    const bytes = await readMedia(strapi, media, documents.maxBytes);
    return bytes === undefined ? { finding: unreadable } : { file: { type: fileType, bytes } };
  }
  if (await isPrivate(strapi)) return { finding: privatePlace };
  const base = strapi.config.get<string>('server.absoluteUrl', '');
  if (!URL.canParse(media.url, base === '' ? undefined : base)) return { finding: noAddress };
  const document = documentTypeOf({ credential_type: type }, fileType);
  return {
    url: new URL(media.url, base === '' ? undefined : base).href,
    ...(document === undefined ? {} : { type: document }),
  };
}

const notAFile = finding(
  'is no PDF, PNG or JPEG file',
  'Choose a file of such a kind, and publish the entry.',
);
const unreadable = finding(
  'cannot be read from the media library, or is too large',
  'Open it there, or upload it again.',
);
const privatePlace = finding(
  'is kept in private, where SEEK Pass cannot fetch it',
  'Ask whoever runs this site to hand documents over, or choose a field with a public address.',
);
const noAddress = finding(
  'has no public address',
  'Ask whoever runs this site to set its public address: `url` in config/server.',
);

function finding(message: string, remedy: string): MappingFinding {
  return { target: 'document', severity: 'error', message: `document ${message}`, remedy };
}

function isMediaFile(value: unknown): value is MediaFile {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string';
}

interface UploadProvider {
  isPrivate?(): boolean | Promise<boolean>;
}

async function isPrivate(strapi: Core.Strapi): Promise<boolean> {
  return (await (strapi.plugin('upload') as { provider?: UploadProvider }).provider?.isPrivate?.()) === true;
}

/** The bytes of a file of the media library; `undefined` when they are not there, or more than allowed. */
async function readMedia(
  strapi: Core.Strapi,
  media: MediaFile,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  try {
    if (media.url.startsWith('/')) {
      const folder = strapi.dirs.static.public;
      const path = resolve(join(folder, decodeURIComponent(media.url)));
      if (!path.startsWith(folder + sep) || (await stat(path)).size > maxBytes) return undefined;
      return await readFile(path);
    }
    const { url } = (await strapi.plugin('upload').service('file').signFileUrls(media)) as MediaFile;
    const answer = await strapi.fetch(url, { signal: AbortSignal.timeout(fetchMs) });
    if (!answer.ok || Number(answer.headers.get('content-length') ?? 0) > maxBytes) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length > maxBytes ? undefined : bytes;
  } catch {
    return undefined;
  }
}

const fetchMs = 10_000;
