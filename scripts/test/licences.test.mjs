import { expect, test } from 'vitest';
import { isAllowed } from '../licences.mjs';

test.each([
  'MIT',
  'MIT-0',
  '(MIT OR GPL-3.0)',
  'Apache-2.0 AND ISC',
  '(MIT OR (GPL-2.0 AND ISC))',
  'GPL-2.0 OR BSD-3-Clause',
])('%s may be shipped', (expression) => expect(isAllowed(expression)).toBe(true));

test.each([
  '',
  'Unknown',
  'GPL-3.0',
  'MIT AND GPL-3.0',
  '(MIT OR',
  'Apache-2.0 WITH LLVM-exception',
  'UNLICENSED',
  'SEE LICENSE IN x',
])('"%s" is refused', (expression) => expect(isAllowed(expression)).toBe(false));
