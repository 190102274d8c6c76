import { crc32, deflateRawSync } from 'node:zlib';

/** A file in an archive: its contents, or bytes that are compressed already and claim to unpack to `size`. */
export type ArchiveFile =
  | string
  | Uint8Array
  | { readonly deflated: Uint8Array; readonly size: number; readonly crc?: number };

/** Makes a ZIP archive, also one that no honest program makes. Names may come twice. */
export function zipArchive(files: ReadonlyArray<readonly [name: string, file: ArchiveFile]>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, file] of files) {
    const { deflated, size, crc } = compress(file);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(deflated.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), deflated]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, place, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06'), end]);
}

function compress(file: ArchiveFile): {
  readonly deflated: Uint8Array;
  readonly size: number;
  readonly crc: number;
} {
  if (typeof file === 'object' && 'deflated' in file) return { crc: 0, ...file };
  const bytes = Buffer.from(file);
  return { deflated: deflateRawSync(bytes, { level: 1 }), size: bytes.length, crc: crc32(bytes) };
}
