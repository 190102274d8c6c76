import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { behaviourAreas, behaviours } from '../src/index.ts';

const page = new URL('../../../apps/docs/docs/sandbox/behaviours.md', import.meta.url);
const sources = new URL('../src/', import.meta.url);
const begin = '<!-- table: written by UPDATE_DOCS=1 vitest run test/behaviours.test.ts -->';

function table(): string {
  return behaviourAreas
    .map((area) => {
      const rows = behaviours
        .filter((behaviour) => behaviour.area === area)
        .map((behaviour) => {
          const basis =
            behaviour.basis === 'documented'
              ? `documented: ${behaviour.page}`
              : `assumed: \`${behaviour.name}\``;
          return `| ${behaviour.does} | ${basis} |`;
        });
      return [`## ${area}`, '', '| What the sandbox does | Basis |', '| --- | --- |', ...rows, ''].join('\n');
    })
    .join('\n');
}

test('the documentation page holds every behaviour, as the code lists them', () => {
  const text = readFileSync(page, 'utf8');
  const head = text.slice(0, text.indexOf(begin) + begin.length);
  const expected = `${head}\n\n${table()}`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, expected);
  expect(readFileSync(page, 'utf8')).toBe(expected);
});

test('every behaviour has a name of its own', () => {
  const names = behaviours.map((behaviour) => behaviour.name);
  expect(new Set(names).size).toBe(names.length);
});

test('every assumption that a source file names is in the table', () => {
  const assumptions = new Set(
    behaviours.filter((behaviour) => behaviour.basis === 'assumed').map((behaviour) => behaviour.name),
  );
  const named = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(new URL(file, sources), 'utf8').matchAll(/assumptions? `([a-z0-9_]+)`/gu),
    ])
    .map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !assumptions.has(name))).toEqual([]);
});
