import { proof, type ProofRun } from '@seek-pass-kit/prove';
import { expect } from 'vitest';
import { buildMeasured } from './measured.ts';

/** What may stay alive for a row: its place in the memory of duplicates. */
const mostBytesPerRow = 600;

async function measure({ size }: ProofRun): Promise<void> {
  const program = await buildMeasured('rows');
  try {
    for (const what of ['plan', 'issue']) {
      const result = await program.run(what, String(size));
      const { created, alive, peakMb } = result as { created: number; alive: number[]; peakMb: number };
      expect(created).toBe(size);
      const grown = ((alive.at(-1) ?? 0) - (alive[0] ?? 0)) / 0.9;
      console.info(`${what} of ${size} rows: ${grown.toFixed(1)} MB alive, ${peakMb.toFixed(0)} MB at most.`);
      expect((grown * 1e6) / size).toBeLessThan(mostBytesPerRow);
      expect(peakMb).toBeLessThan(256);
    }
  } finally {
    await program.remove();
  }
}

proof(
  'a dry run and a run keep nothing of a row but what tells duplicates (rows)',
  { small: 10_000, full: 100_000 },
  measure,
);
