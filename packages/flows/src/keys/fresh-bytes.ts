import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;

/**
 * Random bytes for keys, nonces and ids: at most 4,096. They come from the operating system 4 kB at a time, because asking for
 * each alone costs as much as the encryption that it is for. What was given out is wiped from the pool.
 */
export function freshBytes(length: number): Buffer {
  if (length > pool.length) throw new RangeError(`At most ${pool.length} random bytes at once.`);
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const taken = pool.subarray(used, used + length);
  const bytes = Buffer.from(taken);
  taken.fill(0);
  used += length;
  return bytes;
}
