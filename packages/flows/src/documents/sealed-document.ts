import { openSealed, seal, type SealedPlace } from '../keys/seal.ts';
import type { DocumentLinkRow, StoredDocument } from '../store/documents.ts';
import type { AwardRow } from '../store/rows.ts';
import type { AwardFile } from './award-file.ts';

/** The file of an award as it is stored, sealed with the key of its recipient. */
export function sealDocument(
  dataKey: Uint8Array,
  award: AwardRow,
  { type, bytes }: AwardFile,
): StoredDocument {
  const { issuer, id, recipientId, createdAt } = award;
  return {
    issuer,
    awardId: id,
    recipientId,
    type,
    size: bytes.length,
    createdAt,
    uploadedForAttempt: null,
    sealedBytes: seal(dataKey, bytes, placeOfBytes(award)),
  };
}

/** The file that {@link sealDocument} sealed for the same award. */
export function openDocument(
  dataKey: Uint8Array,
  award: Pick<AwardRow, 'issuer' | 'id'>,
  sealedBytes: Uint8Array,
): Uint8Array {
  return openSealed(dataKey, sealedBytes, placeOfBytes(award));
}

/** The address of a link, to be stored with it. */
export function sealUrl(
  dataKey: Uint8Array,
  link: Pick<DocumentLinkRow, 'issuer' | 'awardId' | 'attempt'>,
  url: string,
): Uint8Array {
  return seal(dataKey, Buffer.from(url, 'utf8'), placeOfUrl(link));
}

/** The address that {@link sealUrl} sealed for the same attempt of the same award. */
export function openUrl(dataKey: Uint8Array, link: DocumentLinkRow): string {
  return Buffer.from(openSealed(dataKey, link.sealedUrl, placeOfUrl(link))).toString('utf8');
}

function placeOfBytes({ issuer, id }: Pick<AwardRow, 'issuer' | 'id'>): SealedPlace {
  return { issuer, row: id, column: 'sealed_bytes' };
}

function placeOfUrl({ issuer, awardId, attempt }: Parameters<typeof sealUrl>[1]): SealedPlace {
  return { issuer, row: `${awardId} ${attempt}`, column: 'sealed_url' };
}
