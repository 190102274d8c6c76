import { afterAll, beforeAll } from 'vitest';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { testSchemas } from '../postgres/test-schemas.ts';

/** Where a life is lived. The issuer is of this life alone. */
export interface Place {
  readonly store: Store;
  readonly issuer: string;
}

/** A store in memory for one life. */
export function placeInMemory(): Place {
  return { store: createMemoryStore(), issuer: 'default' };
}

/** For all lives of a `describe` one PostgreSQL store, and an issuer each. `prefix`: of the name of its schema. */
export function placesOnPostgres(prefix: string): () => Place {
  const newSchema = testSchemas(prefix);
  let store: Store | undefined;
  let lives = 0;
  beforeAll(async () => {
    store = await newSchema().openStore();
  }, 60_000);
  afterAll(() => store?.close());
  return () => {
    if (store === undefined) throw new Error('The store is there once the tests run.');
    return { store, issuer: `life-${(lives += 1)}` };
  };
}
