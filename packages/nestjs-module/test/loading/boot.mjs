// Starts an application with the options of argv[2], and prints which files are loaded then.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createNamespace } from '@seek-pass-kit/core';
import { SeekPassModule } from '@seek-pass-kit/nestjs-module';
import { loadedUrls } from './loaded-urls.mjs';
import { optionsOf } from './options-of.cjs';

const options = await optionsOf(process.argv[2], {
  flows: () => import('@seek-pass-kit/flows'),
  namespace: createNamespace,
});
class Application {
  options = options;
}

Module({ imports: [SeekPassModule.forRoot(options)] })(Application);
try {
  await (await NestFactory.create(Application, { logger: false, abortOnError: false })).init();
} catch {
  // There is no database.
}
const required = Object.keys(createRequire(import.meta.url).cache);
process.stdout.write(JSON.stringify([...loadedUrls(), ...required]), () => process.exit(0));
