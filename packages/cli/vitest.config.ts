import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

export default mergeConfig(shared, {
  // Most tests start the real program, a second each on a busy machine.
  test: { testTimeout: 60_000 },
});
