/**
 * Boots a Nest application and says how long that took, from the start of the process, in milliseconds: `empty` (which imports undici and
 * zod), `client` (with a client of SEEK Pass), `all` (with every part, over the store in memory).
 */
import { createRequire } from 'node:module';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

// What an application that calls others has anyway.
await Promise.all([import('undici'), import('zod')]);

const [kind] = process.argv.slice(2);
const client = {
  environment: 'sandbox',
  baseUrl: 'http://127.0.0.1:4010',
  clientId: 'sandbox-bench',
  clientSecret: 'bench-secret-of-the-sandbox',
  scopes: ['write.microcredential', 'read.digital_identity', 'write.digital_identity'],
};

async function parts() {
  if (kind === 'empty') return [];
  const { SeekPassModule } = await import('@seek-pass-kit/nestjs-module');
  if (kind === 'client') return [SeekPassModule.forRoot(client)];
  const { createNamespace } = await import('@seek-pass-kit/core');
  const { createMemoryStore, generateClaimKey, generateKeyRing } = await import('@seek-pass-kit/flows');
  const origin = 'http://127.0.0.1:4020';
  return [
    SeekPassModule.forRoot({
      ...client,
      brand: { name: 'Example University' },
      store: createMemoryStore(),
      keys: generateKeyRing(),
      addFlow: {
        claimBaseUrl: `${origin}/claim`,
        namespace: createNamespace(client),
        claimKey: generateClaimKey(),
        mail: { send: async () => ({ outcome: 'accepted' }) },
      },
      claimPages: true,
      verifyFlow: { callbackBaseUrl: `${origin}/verify` },
      webhooks: { receiverUrl: `${origin}/webhooks/seek-pass`, secrets: 'c4'.repeat(32) },
      metrics: {},
    }),
  ];
}

function AppModule() {}
Module({ imports: await parts() })(AppModule);
const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
await app.listen(0, '127.0.0.1');
const { user, system } = process.cpuUsage();
process.send?.({
  ms: performance.now(),
  cpuMs: (user + system) / 1_000,
  required: Object.keys(createRequire(import.meta.url).cache),
});
await app.close();
process.disconnect?.();
