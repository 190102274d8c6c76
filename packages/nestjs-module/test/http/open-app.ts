import 'reflect-metadata';
import {
  type INestApplication,
  Module,
  type ModuleMetadata,
  type NestApplicationOptions,
} from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { onTestFinished } from 'vitest';
import { SeekPassModule } from '../../src/index.ts';
import type { SeekPassModuleOptions } from '../../src/seek-pass-module-options.ts';
import { startTestSeekPass, type TestSeekPass } from '../../src/testing/index.ts';

/** The two servers that Nest has. */
export const adapters: ReadonlyArray<readonly [string, () => AbstractHttpAdapter]> = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
];

/** How an application is made: as in `main.ts`, or as in a test of it. */
export const makings = ['NestFactory', 'a testing module'] as const;

/** What {@link openApp} opens. */
export interface AppParts {
  readonly adapter: AbstractHttpAdapter;
  /** Default: `NestFactory`. */
  readonly madeBy?: (typeof makings)[number];
  readonly registrations: ReadonlyArray<SeekPassModuleOptions & { readonly name?: string }>;
  /** What else the application has. */
  readonly module?: ModuleMetadata;
  readonly options?: NestApplicationOptions;
  /** What `main.ts` does before it listens. */
  readonly main?: (app: INestApplication) => void;
}

/** SEEK Pass for one test. */
export async function openSeekPass(): Promise<TestSeekPass> {
  const seekPass = await startTestSeekPass({ now: Date.UTC(2026, 2, 2, 9) });
  onTestFinished(() => seekPass.close());
  return seekPass;
}

/** Makes an application, which does not listen yet. It is closed when the test ends. */
export async function makeApp({
  adapter,
  madeBy = 'NestFactory',
  registrations,
  module = {},
  options = {},
  main = () => undefined,
}: AppParts): Promise<INestApplication> {
  @Module({
    ...module,
    imports: [
      ...registrations.map((registration) => SeekPassModule.forRoot(registration)),
      ...(module.imports ?? []),
    ],
  })
  class AppModule {}

  const all = { logger: false, abortOnError: false, ...options } as const;
  const app =
    madeBy === 'NestFactory'
      ? await NestFactory.create(AppModule, adapter, all)
      : (await Test.createTestingModule({ imports: [AppModule] }).compile()).createNestApplication(
          adapter,
          all,
        );
  onTestFinished(() => app.close());
  main(app);
  return app;
}

/** As {@link makeApp}, and it listens; gives its address too. */
export async function openApp(
  parts: AppParts,
): Promise<{ readonly app: INestApplication; readonly url: string }> {
  const app = await makeApp(parts);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}
