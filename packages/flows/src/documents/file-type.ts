import type { FileType } from '../store/documents.ts';

/** What each type is called where it is sent. */
export const mediaTypes: Readonly<Record<FileType, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
};

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const jpg = Uint8Array.of(0xff, 0xd8, 0xff);
const pdf = Buffer.from('%PDF-', 'latin1');

/** What a file is by its first bytes; `undefined`: nothing that SEEK Pass takes. */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
  const begins = (magic: Uint8Array) => Buffer.compare(bytes.subarray(0, magic.length), magic) === 0;
  if (begins(pdf)) return 'pdf';
  if (begins(png)) return 'png';
  return begins(jpg) ? 'jpg' : undefined;
}
