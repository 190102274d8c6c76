import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Start the real program most often, and find on another Node what they find on this one: not once more on the second runtimes. */
const onThisNodeOnly = ['audit', 'doctor', 'documents', 'erase', 'rehearse', 'verify', 'webhooks'];
const secondRuntime = process.env['TEST_RUNTIME'] !== undefined;

export default mergeConfig(shared, {
  test: {
    // Most tests start the real program, a second each on a busy machine.
    testTimeout: 60_000,
    exclude: secondRuntime ? onThisNodeOnly.map((name) => `test/${name}.test.ts`) : [],
  },
});
