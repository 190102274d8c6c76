import type { Store } from '../../src/store/ports.ts';

/** A store and what the suite does to it. */
export interface StoreUnderTest {
  readonly store: Store;
  /** The same data as another process sees it; the same store where there is only one process. */
  readonly other: Store;
  /** Whether there is one connection for everything: whoever reads outside the open transaction waits for its end. */
  readonly oneConnection?: boolean;
  /** Stops the database in the middle of everything and starts it again. Absent: it cannot be stopped. */
  readonly restart?: () => Promise<void>;
  close(): Promise<void>;
}

/** Gives the store to a test; it is made before the first one. */
export type OpenStore = () => StoreUnderTest;
