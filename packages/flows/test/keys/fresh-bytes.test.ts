import { expect, it } from 'vitest';
import { freshBytes } from '../../src/keys/fresh-bytes.ts';

it('fresh bytes never come twice, whatever lengths are asked for', () => {
  const lengths = [12, 32, 16, 12, 4096, 31];
  const seen = new Set<string>();
  for (let at = 0; at < 3_000; at += 1)
    seen.add(freshBytes(lengths[at % lengths.length] ?? 12).toString('hex'));
  expect(seen.size).toBe(3_000);
  expect([...seen].every((hex) => !/^(00)+$/.test(hex))).toBe(true);
});

it('fresh bytes stay what they are when more are taken', () => {
  const first = freshBytes(32);
  const before = first.toString('hex');
  for (let at = 0; at < 500; at += 1) freshBytes(32);
  expect(first.toString('hex')).toBe(before);
});
