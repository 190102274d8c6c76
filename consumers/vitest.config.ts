import { defineConfig } from 'vitest/config';

// One folder is installed from the tarballs, and the programs in it are run one after the other.
export default defineConfig({ test: { include: ['*.test.ts'], testTimeout: 120_000, hookTimeout: 300_000 } });
