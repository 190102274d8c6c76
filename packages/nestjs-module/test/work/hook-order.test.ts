import { createRequire } from 'node:module';
import type * as Common from '@nestjs/common';
import type * as Core from '@nestjs/core';
import { describe, expect, test } from 'vitest';

/** What the pages on operating say of Nest itself, held against each major version of it. */
describe.each(['10', '11', '12'])('Nest %s', (major) => {
  const fixture = createRequire(new URL(`../../fixtures/nest-${major}/package.json`, import.meta.url));
  fixture('reflect-metadata');
  const { Module } = fixture('@nestjs/common') as typeof Common;
  const { NestFactory } = fixture('@nestjs/core') as typeof Core;

  /** The hooks of a module like ours and of one with the pool of the application, in the order in which they were called. */
  async function hooksOf(poolIsImportedBy: 'our module' | 'the application', global: boolean) {
    const called: string[] = [];
    const hooks = (name: string) => ({
      provide: name,
      useValue: {
        onModuleDestroy: () => called.push(`${name}: onModuleDestroy`),
        beforeApplicationShutdown: () => called.push(`${name}: beforeApplicationShutdown`),
        onApplicationShutdown: () => called.push(`${name}: onApplicationShutdown`),
      },
    });
    @Module({ providers: [hooks('pool')] })
    class PoolModule {}
    @Module({ providers: [hooks('ours')] })
    class OurModule {}
    const pool = { module: PoolModule, global };
    const isOurs = poolIsImportedBy === 'our module';
    const ours = { module: OurModule, imports: isOurs ? [pool] : [] };
    @Module({ imports: isOurs ? [ours] : [pool, ours] })
    class AppModule {}
    @Module({ imports: isOurs ? [ours] : [ours, pool] })
    class AppModuleOtherWay {}
    for (const app of [AppModule, AppModuleOtherWay]) {
      called.push(`of ${app.name}`);
      await (await NestFactory.createApplicationContext(app, { logger: false })).close();
    }
    return called;
  }

  const all = [
    ['our module', false],
    ['our module', true],
    ['the application', false],
    ['the application', true],
  ] as const;

  test('ends every onModuleDestroy before the first onApplicationShutdown: a pool that closes there outlives our jobs', async () => {
    for (const [importedBy, global] of all) {
      const called = await hooksOf(importedBy, global);
      for (const ofApp of called
        .join('\n')
        .split(/^of \w+$/m)
        .slice(1)) {
        expect(ofApp.lastIndexOf('onModuleDestroy')).toBeLessThan(ofApp.indexOf('onApplicationShutdown'));
      }
    }
  });

  test('may end a pool that closes in onModuleDestroy before our jobs, as the application happens to import it', async () => {
    const orders = await Promise.all(all.map(([importedBy, global]) => hooksOf(importedBy, global)));
    const first = orders
      .flatMap((called) =>
        called
          .join('\n')
          .split(/^of \w+$/m)
          .slice(1),
      )
      .map((ofApp) => ofApp.trim().split(':')[0]);
    expect(new Set(first)).toEqual(new Set(['pool', 'ours']));
  });
});
