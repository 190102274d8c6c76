import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openProject } from './application-project.ts';

const run = promisify(execFile);

/** Prints which SEEK Pass the client of each registration talks to. */
const program = `
require('reflect-metadata');
const { Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { getSeekPassToken, SeekPassModule } = require('@seek-pass-kit/nestjs-module');

const names = ['hr', 'sales', 'default'];
const registrationOf = (name) => {
  const options = {
    environment: 'production',
    baseUrl: \`https://\${name}.seekpass.example\`,
    clientId: 'example-university',
    clientSecret: 'bb1fa4c99e21d07a5be5e3d8',
  };
  return SeekPassModule.forRootAsync({ name, useFactory: async () => options });
};

class Application {
  started = true;
}
Module({ imports: names.map(registrationOf) })(Application);
NestFactory.createApplicationContext(Application, { logger: false }).then(async (app) => {
  const origins = names.map((name) => app.get(getSeekPassToken(name)).redirectOrigin);
  await app.close();
  process.stdout.write(JSON.stringify(origins));
});
`;

// Nest 10 tells dynamic modules apart by a hash of their text, later versions by their identity.
test.each(['nest-10', 'nest-11', 'nest-12'] as const)(
  '%s: factories with the same text are factories of their registrations',
  async (fixture) => {
    const project = openProject(fixture);
    project.write('main.cjs', program);
    const { stdout } = await run(process.execPath, [join(project.folder, 'main.cjs')], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(JSON.parse(stdout)).toEqual([
      'https://hr.seekpass.example',
      'https://sales.seekpass.example',
      'https://default.seekpass.example',
    ]);
  },
  60_000,
);
