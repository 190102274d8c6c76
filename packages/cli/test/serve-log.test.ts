import { expect, test } from 'vitest';
import { humanLog } from '../src/serving/serve-log.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

test.each([
  [{}, 'submissions'],
  [{ of: 'verifications' }, 'verifications'],
] as const)('the log says of what SEEK Pass does not answer: %j', (of, words) => {
  const { terminal, err } = fakeTerminal();
  humanLog(terminal)({ event: 'poll_failed', code: 'unavailable', ...of });
  expect(err.text).toBe(`SEEK Pass does not say what became of ${words}: unavailable. It is asked again.\n`);
});
