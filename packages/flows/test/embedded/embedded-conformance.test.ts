import { openEmbeddedStore } from '../../src/embedded/embedded-store.ts';
import { storeConformance } from '../conformance/store-conformance.ts';
import { newTrialFolder } from './trial-folder.ts';

storeConformance('embedded', async () => {
  const trial = await newTrialFolder();
  const [store, other] = await Promise.all([
    openEmbeddedStore(trial.options),
    openEmbeddedStore(trial.options),
  ]);
  return {
    store,
    other,
    // Nobody starts the server again: the store does, when it needs it.
    async restart() {
      process.kill((await trial.serverPid()) ?? 0, 'SIGQUIT');
    },
    async close() {
      await Promise.all([store.close(), other.close()]);
      await trial.remove();
    },
  };
});
