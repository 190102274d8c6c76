// Starts an application with the options of argv[2], and prints which files are loaded then. Everything is required, as in Jest.
require('reflect-metadata');
const { NestFactory } = require('@nestjs/core');
const { Module } = require('@nestjs/common');
const { createNamespace } = require('@seek-pass-kit/core');
const { SeekPassModule } = require('@seek-pass-kit/nestjs-module');
const { optionsOf } = require('./options-of.cjs');

async function boot() {
  const which = process.argv[2];
  const options = await optionsOf(which, {
    flows: async () => require('@seek-pass-kit/flows'),
    namespace: createNamespace,
  });
  class Application {
    options = options;
  }
  Module({ imports: [SeekPassModule.forRoot(options)] })(Application);
  const app = NestFactory.create(Application, { logger: false, abortOnError: false });
  await app.then(
    (started) => started.init(),
    () => undefined,
  );
  process.stdout.write(JSON.stringify(Object.keys(require.cache)), () => process.exit(0));
}

void boot();
