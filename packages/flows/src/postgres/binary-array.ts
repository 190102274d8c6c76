/** The types of our columns, with the numbers that every PostgreSQL server knows them by. */
const typeNumbers = {
  text: 25,
  bytea: 17,
  bigint: 20,
  integer: 23,
  boolean: 16,
  jsonb: 3802,
  uuid: 2950,
} as const;

/** The type of a column. */
export type ColumnType = keyof typeof typeNumbers;

const headBytes = 20;
const lengthBytes = 4;
const version = 1;

/**
 * The values of a column as PostgreSQL takes an array in binary: half the bytes of its text, and nothing to escape or to
 * parse. `pg` sends a `Buffer` as it is. A `jsonb` value comes as its text.
 */
export function binaryArray(type: ColumnType, values: readonly unknown[]): Buffer {
  const size = values.reduce<number>((sum, value) => sum + lengthBytes + sizeOf(type, value), headBytes);
  const array = Buffer.allocUnsafe(size);
  const hasNulls = values.some((value) => value === null);
  for (const [at, field] of [1, Number(hasNulls), typeNumbers[type], values.length, 1].entries()) {
    array.writeInt32BE(field, at * 4);
  }
  let at = headBytes;
  for (const value of values) {
    const length = sizeOf(type, value);
    array.writeInt32BE(value === null ? -1 : length, at);
    at += lengthBytes;
    if (value !== null) write(type, value, array, at);
    at += length;
  }
  return array;
}

function sizeOf(type: ColumnType, value: unknown): number {
  if (value === null) return 0;
  switch (type) {
    case 'text':
      return Buffer.byteLength(value as string);
    case 'jsonb':
      return 1 + Buffer.byteLength(value as string);
    case 'bytea':
      return (value as Uint8Array).byteLength;
    case 'bigint':
      return 8;
    case 'integer':
      return 4;
    case 'boolean':
      return 1;
    case 'uuid':
      return 16;
  }
}

function write(type: ColumnType, value: unknown, array: Buffer, at: number): void {
  switch (type) {
    case 'text':
      array.write(value as string, at);
      return;
    case 'jsonb':
      array.writeUInt8(version, at);
      array.write(value as string, at + 1);
      return;
    case 'bytea':
      array.set(value as Uint8Array, at);
      return;
    case 'bigint':
      array.writeBigInt64BE(BigInt(value as number), at);
      return;
    case 'integer':
      array.writeInt32BE(value as number, at);
      return;
    case 'boolean':
      array.writeUInt8(Number(value), at);
      return;
    case 'uuid':
      if (array.write((value as string).replaceAll('-', ''), at, 16, 'hex') !== 16)
        throw new RangeError('A value of a uuid column is not a UUID.');
  }
}
