/**
 * A proof is a test whose size can grow. `npm test` runs it at the small size, `npm run prove` at the full one, and both print the
 * seed, so that a failure can be run again: `PROVE_SEED=<seed> npm run prove`.
 */
import { test } from 'vitest';

/** What a proof is given: how much to do, and the seed that everything random in it must come from. */
export interface ProofRun {
  /** How many runs, payloads, calls: the proof's name says of what. */
  readonly size: number;
  /** For `fc.assert(…, { seed, numRuns: size })`, or for another generator that can be repeated. */
  readonly seed: number;
}

/** The sizes of a proof, and how long it may take. */
export interface ProofSizes {
  /** Size in `npm test`: a few seconds at most. */
  readonly small: number;
  /** Size in `npm run prove`: the number that the documentation claims. */
  readonly full: number;
  /** Milliseconds until the proof counts as failed at its full size. Default: 10 minutes. */
  readonly timeoutMs?: number;
}

declare module 'vitest' {
  interface TaskMeta {
    proof?: ProofRun & { readonly name: string };
  }
}

/** The size that this run asks for. */
export const proofSize = ({ small, full }: Pick<ProofSizes, 'small' | 'full'>): number =>
  process.env['PROVE'] === 'full' ? full : small;

/** `PROVE_SEED` when it is set, else a new one on each run. */
export function proofSeed(): number {
  const given = process.env['PROVE_SEED'];
  if (given === undefined || given === '') return Math.floor(Math.random() * 2 ** 31);
  if (!/^\d{1,10}$/.test(given)) throw new Error('PROVE_SEED must be a whole number, as a proof printed it.');
  return Number(given);
}

/** Registers a proof. Its name, size, seed and result end up in `prove/results.json`. */
export function proof(name: string, sizes: ProofSizes, body: (run: ProofRun) => void | Promise<void>): void {
  const run: ProofRun = { size: proofSize(sizes), seed: proofSeed() };
  test(`${name} (size ${run.size}, PROVE_SEED=${run.seed})`, { timeout: sizes.timeoutMs ?? 600_000 }, async ({
    task,
  }) => {
    task.meta.proof = { name, ...run };
    await body(run);
  });
}
