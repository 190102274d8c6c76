import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const read = (path: string) => readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8');

/** The names in the types of what a host logs. */
const events = new Set<string>();
for (const path of ['packages/flows/src/node/host-log.ts', 'packages/flows/src/flow-notice.ts']) {
  for (const [names] of (await read(path)).matchAll(/readonly event: '\w+'(?: \| '\w+')*/g)) {
    for (const [, name = ''] of names.matchAll(/'(\w+)'/g)) events.add(name);
  }
}

test('every event of the log is explained to whoever watches', async () => {
  const page = await read('apps/docs/docs/flows/watching.md');
  expect(events.size).toBeGreaterThan(20);
  expect([...events].filter((event) => !page.includes(`\`${event}\``))).toEqual([]);
});
