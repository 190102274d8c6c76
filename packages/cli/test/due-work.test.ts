import type { DueReport, RunReport } from '@seek-pass-kit/flows';
import { expect, test } from 'vitest';
import { doDueWork } from '../src/serving/do-due-work.ts';

const budget = { budgetMs: 1_000 };
const jobs: RunReport = { done: 1, retried: 0, dead: 0, lost: 0, ended: 'nothing_due' };
const report: DueReport = { jobs, polling: { asked: 0, calls: 0, events: [], ended: 'nothing_due' } };

test('the jobs of all parts are counted together', async () => {
  const parts = [{}, { runDue: async () => ({ ...jobs, retried: 2, ended: 'out_of_time' as const }) }];
  expect(await doDueWork({ flow: { runDue: async () => report }, parts }, budget)).toEqual({
    ...report,
    jobs: { done: 2, retried: 2, dead: 0, lost: 0, ended: 'out_of_time' },
  });
});

test('what fails in one part holds up no other, and is told', async () => {
  const did: string[] = [];
  const failing = (name: string) => () => {
    did.push(name);
    return Promise.reject(new Error(name));
  };
  const inbox = async () => {
    did.push('inbox');
    return jobs;
  };
  const parts = [{ runDue: failing('verify') }, { runDue: inbox }];
  const alsoDo = async () => void did.push('also');
  await expect(doDueWork({ flow: { runDue: failing('flow') }, parts, alsoDo }, budget)).rejects.toThrow(
    'flow',
  );
  expect(did).toEqual(['flow', 'verify', 'inbox', 'also']);
});
