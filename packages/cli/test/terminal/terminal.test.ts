import { expect, test } from 'vitest';
import { durationInWords } from '../../src/terminal/duration.ts';
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

const label = 'Issuing';

test('a progress bar draws nothing into a pipe', () => {
  const { terminal, out, err } = fakeTerminal();
  const bar = startProgressBar(terminal, { label, now: () => 0 });
  bar.show({ done: 1, total: 2 });
  bar.end();
  expect(out.text + err.text).toBe('');
});

test('a progress bar goes to standard error, ends full, and takes itself away', () => {
  const { terminal, out, err } = fakeTerminal({ isTTY: true });
  const bar = startProgressBar(terminal, { label, now: () => 0 });
  for (let done = 1; done <= 3; done += 1) bar.show({ done, total: 3 });
  expect(err.text).toContain('3/3');
  bar.end();
  expect(err.text.endsWith('\r\u001B[2K')).toBe(true);
  expect(out.text).toBe('');
});

test('a progress bar tells the rate and the time that is left', () => {
  const { terminal, err } = fakeTerminal({ isTTY: true });
  const bar = startProgressBar(terminal, { label, now: () => 0 });
  bar.show({ done: 1200, total: 60_000, perSecond: 399.6, remainingMs: 147_000 });
  expect(err.text).toContain('1200/60000  400/s  2 min left');
});

test('a progress bar needs no total', () => {
  const { terminal, err } = fakeTerminal({ isTTY: true });
  startProgressBar(terminal, { label, now: () => 0 }).show({ done: 1200, perSecond: 5000 });
  expect(err.text).toContain('Issuing  1200  5000/s');
});

test('a progress bar draws at most once in 50 ms', () => {
  const { terminal, err } = fakeTerminal({ isTTY: true });
  let now = 0;
  const bar = startProgressBar(terminal, { label, now: () => now });
  for (let done = 0; done < 500; done += 1) {
    now += 1;
    bar.show({ done, total: 1000 });
  }
  expect(err.text.split('\r').length).toBeLessThan(14);
});

test.each([
  [400, 'less than a second'],
  [40_000, '40 s'],
  [147_000, '2 min'],
  [7_800_000, '2 h 10 min'],
  [7_200_000, '2 h'],
])('%i ms are %s', (ms, words) => {
  expect(durationInWords(ms)).toBe(words);
});
