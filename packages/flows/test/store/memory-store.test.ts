import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { storeConformance } from '../conformance/store-conformance.ts';

storeConformance('memory', async () => {
  const store = createMemoryStore();
  return { store, other: store, close: () => store.close() };
});
