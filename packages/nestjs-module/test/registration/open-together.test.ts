import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { LazyModuleLoader, NestFactory } from '@nestjs/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SeekPassModule } from '../../src/index.ts';
import { Registration } from '../../src/registration/registration.ts';
import { everyPart } from '../checks/sample-options.ts';

/** Names of the registrations that were ended. */
function ended(): () => string[] {
  const ends = vi.spyOn(Registration.prototype, 'onApplicationShutdown');
  onTestFinished(() => ends.mockRestore());
  return () => ends.mock.contexts.map((one) => (one as Registration).name);
}

/** A registration that is only a client. */
function client() {
  const { environment, clientId, clientSecret } = everyPart();
  return { environment, baseUrl: 'https://seekpass.example', clientId, clientSecret };
}

const wrong = () => ({ ...client(), baseUrl: 'no address' });
const later = <Value>(value: Value): Promise<Value> =>
  new Promise((resolve) => setTimeout(() => resolve(value), 20));

test('a registration that does not open ends the others, those that open after it too: no hook is ever called', async () => {
  const closed = ended();
  @Module({
    imports: [
      SeekPassModule.forRoot({ ...client(), name: 'open' }),
      SeekPassModule.forRootAsync({ name: 'wrong', useFactory: wrong }),
      SeekPassModule.forRootAsync({ name: 'slow', useFactory: () => later(client()) }),
    ],
  })
  class AppModule {}
  const made = NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  await expect(made).rejects.toThrow("SeekPassModule 'wrong': ");
  await expect.poll(closed).toEqual(['open', 'slow']);
});

test('one that is loaded later and does not open leaves a running application alone', async () => {
  const closed = ended();
  @Module({ imports: [SeekPassModule.forRoot(client())] })
  class AppModule {}
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  const loaded = app.get(LazyModuleLoader).load(() => SeekPassModule.forRoot({ ...wrong(), name: 'wrong' }));
  await expect(loaded).rejects.toThrow("SeekPassModule 'wrong': ");
  expect(closed()).toEqual([]);
  await app.close();
  expect(closed()).toEqual(['default']);
});
