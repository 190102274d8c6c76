import { afterAll, beforeAll } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@seek-pass-kit/prove/postgres';
import { buildPrograms, type Programs } from './programs.ts';

/** A PostgreSQL server and the programs that run on it. */
export interface ProofGround {
  readonly database: TestDatabase;
  readonly programs: Programs;
}

/** Opens the ground for the proofs of a file, who ask for it when they run, and leaves nothing of it behind. */
export function useProofGround(): () => ProofGround {
  let ground: ProofGround | undefined;
  beforeAll(async () => {
    ground = { database: await openTestDatabase(), programs: await buildPrograms() };
  }, 60_000);
  afterAll(async () => {
    await ground?.programs.remove();
    await ground?.database.close();
  });
  return () => {
    if (ground === undefined) throw new Error('The ground of the proofs is open only while one runs.');
    return ground;
  };
}
