import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../dist/admin');
/** A site takes these; beside each lies the same chunk for `require`. */
const chunks = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => [name, readFileSync(join(folder, name))]),
);
const imported = /(?:^|[;\s}])(?:import|export)\s*(?:[^"'()]*?from\s*)?["']([^"']+)["']/g;

const gzipped = (names: Iterable<string>) =>
  [...names].reduce((bytes, name) => bytes + gzipSync(chunks.get(name) ?? '').length, 0);

/** What `name` imports at once, itself among it. */
function loadedWith(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, from = ''] of (chunks.get(name)?.toString() ?? '').matchAll(imported)) {
    if (from.startsWith('./')) loadedWith(from.slice(2), seen);
  }
  return seen;
}

/** Each language is a chunk, which only a site loads that has the language; English is always there. */
const otherLanguages = [...chunks.keys()].filter((name) => /^(?:id|ms|th|vi|zh-Hant)-/.test(name));

test('all that a browser can load, every page in English and another language, is at most 120 kB, gzipped', () => {
  expect(chunks.size).toBeGreaterThan(10);
  expect(otherLanguages).toHaveLength(5);
  const pages = [...chunks.keys()].filter((name) => !otherLanguages.includes(name));
  const largest = Math.max(...otherLanguages.map((name) => gzipped([name])));
  expect(gzipped(pages) + largest).toBeLessThanOrEqual(120_000);
});

test('before anybody uses it, a site loads little of it: its words, and no page and no dialog', () => {
  const words = [...chunks.keys()].filter((name) => name.startsWith('en-'));
  expect(words).toHaveLength(1);
  const first = new Set([...loadedWith('index.mjs'), ...words]);
  expect([...first].filter((name) => /-page-|-dialog-|-list-|-widget-/.test(name))).toEqual([]);
  expect(gzipped(first)).toBeLessThanOrEqual(25_000);
});

test('nothing that Strapi has already is part of it', () => {
  const packages = new Set(
    [...chunks.values()]
      .flatMap((chunk) => [...chunk.toString().matchAll(imported)].map(([, from = '']) => from))
      .filter((from) => !from.startsWith('./')),
  );
  const { peerDependencies } = JSON.parse(readFileSync(join(folder, '../../package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>;
  };
  const peers = new Set([...Object.keys(peerDependencies), 'react/jsx-runtime', '@strapi/strapi/admin']);
  expect([...packages].filter((name) => !peers.has(name))).toEqual([]);
});
