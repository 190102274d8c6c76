import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SeekPass } from '@seek-pass-kit/core';
import { type AddFlow, createMemoryStore, generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { createNamespace } from '@seek-pass-kit/core';
import { startSandbox } from '@seek-pass-kit/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import { InjectAddFlow, InjectSeekPass, SeekPassModule } from '../src/index.ts';

test('one import gives the client, the add flow and its claim pages', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { baseUrl, clientId, clientSecret } = sandbox;

  @Injectable()
  class Registrar {
    constructor(
      @InjectSeekPass() readonly seekPass: SeekPass,
      @InjectAddFlow() readonly flow: AddFlow,
    ) {}
  }

  @Module({
    imports: [
      SeekPassModule.forRoot({
        environment: 'sandbox',
        baseUrl,
        clientId,
        clientSecret,
        brand: { name: 'Example University' },
        store: createMemoryStore(),
        keys: generateKeyRing(),
        addFlow: {
          claimBaseUrl: 'http://127.0.0.1:4999/claim',
          namespace: createNamespace({ environment: 'sandbox', clientId }),
          claimKey: generateClaimKey(),
          mail: { send: async () => ({ outcome: 'accepted' }) },
        },
        claimPages: true,
      }),
    ],
    providers: [Registrar],
  })
  class AppModule {}

  const app = await NestFactory.create(AppModule, { logger: false });
  onTestFinished(() => app.close());
  await app.listen(0);
  const registrar = app.get(Registrar);
  expect(registrar.seekPass).toBe(app.get(SeekPass, { strict: false }));
  expect(await registrar.flow.counts()).toMatchObject({});
  const page = await fetch(`${await app.getUrl()}/claim/unknown`);
  expect(page.status).toBe(404);
  expect(await page.text()).toContain('Example University');
});
