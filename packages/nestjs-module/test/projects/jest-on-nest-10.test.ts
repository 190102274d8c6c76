import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { documentedFiles, openProject, outcomeOf } from './application-project.ts';

const fixture = createRequire(new URL('../../fixtures/nest-10/package.json', import.meta.url));

/** As `nest new` of that version sets it. */
const compilerOptions = {
  module: 'commonjs',
  moduleResolution: 'node10',
  target: 'es2022',
  strict: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  esModuleInterop: true,
  skipLibCheck: true,
  types: ['node', 'jest'],
};

test('a Nest 10 application loads everything in Jest, and the documented test passes there', async () => {
  const project = openProject('nest-10');
  const jest = {
    testEnvironment: 'node',
    watchman: false,
    cacheDirectory: `${project.folder}/cache`,
    transform: { '\\.ts$': [fixture.resolve('ts-jest'), { tsconfig: compilerOptions }] },
  };
  project.write('package.json', { name: 'application', private: true, jest });
  project.copy('jest');
  for (const [name, code] of documentedFiles()) {
    project.write(name, code.replace(/^import .* from 'vitest';\n/, ''));
  }
  const { passed, failures } = outcomeOf(await project.run('jest', 'bin/jest.js', ['--json', '--runInBand']));
  expect(failures).toEqual([]);
  expect(passed).toContain('an enrolment is marked when the learner has added the credential');
  expect(passed).toContain('@seek-pass-kit/nestjs-module/testing is required');
}, 120_000);
