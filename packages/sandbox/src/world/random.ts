import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Where the sandbox takes its randomness from; passed in so that a test can fix it. */
export interface Random {
  /** A version 4 UUID. */
  uuid(): string;
  /** `bytes` random bytes in lower-case hexadecimal. */
  hex(bytes: number): string;
  /** `length` decimal digits. */
  digits(length: number): string;
}

/** The operating system's randomness. */
export const systemRandom: Random = {
  uuid: () => randomUUID(),
  hex: (bytes) => randomBytes(bytes).toString('hex'),
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
};
