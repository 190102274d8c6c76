import { expect, test } from 'vitest';
import { documentedFiles, openProject, outcomeOf } from './application-project.ts';

test('the documented test passes in Vitest, in an ESM application on Nest 12', async () => {
  const project = openProject('nest-12');
  project.write('package.json', { name: 'application', private: true, type: 'module' });
  project.write('tsconfig.json', { compilerOptions: { target: 'es2022', experimentalDecorators: true } });
  for (const [name, code] of documentedFiles()) project.write(name, code);
  const args = ['run', '--root', project.folder, '--globals', '--reporter=json'];
  const { passed, failures } = outcomeOf(await project.run('vitest', 'vitest.mjs', args));
  expect(failures).toEqual([]);
  expect(passed).toEqual(['an enrolment is marked when the learner has added the credential']);
}, 120_000);
