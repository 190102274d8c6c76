import { expect, test } from 'vitest';
import { startProgressBar } from '../../src/terminal/progress-bar.ts';
import { fakeTerminal } from './fake-terminal.ts';

test.each([
  ['a terminal', true, {}, true],
  ['a pipe', false, {}, false],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ['NO_COLOR and FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
])('%s has colour or not', (_, isTTY, environment: Record<string, string>, coloured) => {
  const { terminal } = fakeTerminal({ isTTY, environment });
  expect(terminal.colors.red('x') !== 'x').toBe(coloured);
});

test('a progress bar draws nothing into a pipe', () => {
  const { terminal, out, err } = fakeTerminal();
  const bar = startProgressBar(terminal, { label: 'Submitting', total: 2, now: () => 0 });
  bar.advance();
  bar.end();
  expect(out.text + err.text).toBe('');
});

test('a progress bar goes to standard error, ends full, and takes itself away', () => {
  const { terminal, out, err } = fakeTerminal({ isTTY: true });
  const bar = startProgressBar(terminal, { label: 'Submitting', total: 3, now: () => 0 });
  for (let done = 0; done < 3; done += 1) bar.advance();
  expect(err.text).toContain('3/3');
  bar.end();
  expect(err.text.endsWith('\r\u001B[2K')).toBe(true);
  expect(out.text).toBe('');
});

test('a progress bar draws at most once in 50 ms', () => {
  const { terminal, err } = fakeTerminal({ isTTY: true });
  let now = 0;
  const bar = startProgressBar(terminal, { label: 'Submitting', total: 1000, now: () => now });
  for (let done = 0; done < 500; done += 1) {
    now += 1;
    bar.advance();
  }
  expect(err.text.split('\r').length).toBeLessThan(14);
});
