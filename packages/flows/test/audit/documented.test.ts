import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createAddFlow } from '../../src/add-flow.ts';
import { auditHead } from '../../src/audit/audit-head.ts';
import { sealAudit } from '../../src/audit/seal-audit.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { awardInput, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { flowOptions } from '../flow-options.ts';

const page = await readFile(new URL('../../../../apps/docs/docs/flows/audit.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) =>
  code.replace(/^import .* from '.*';$/gm, ''),
);
const AsyncFunction = (async () => undefined).constructor as new (
  ...texts: string[]
) => (...values: unknown[]) => Promise<unknown>;

/** Runs the block of the page that has this text, with these names at hand, and gives what it calls `result`. */
async function run(text: string, names: Readonly<Record<string, unknown>>, result = 'undefined') {
  const block = blocks.find((code) => code.includes(text));
  if (block === undefined) throw new Error(`No code of the page has ${text}.`);
  return new AsyncFunction(...Object.keys(names), `${block}\nreturn ${result};`)(...Object.values(names));
}

test('the code of the page on the audit trail runs as it stands there', async () => {
  const settings = flowOptions(await openAddFlow());
  const { store, clock, keys } = settings;
  const kept: string[] = [];
  const made = await run(
    'onAuditHead',
    {
      createAddFlow: (options: object) => createAddFlow({ ...settings, ...options }),
      sendElsewhere: async (text: string) => void kept.push(text),
    },
    'flow',
  );
  const flow = made as ReturnType<typeof createAddFlow>;
  await flow.start();
  await flow.award(awardInput({ key: '2026/BCOM/104233' }), sampleRun);
  const told: unknown[][] = [];
  await run('flow.auditTrail', { flow, console: { log: (...words: unknown[]) => void told.push(words) } });
  expect(told.map(([, , what]) => what)).toEqual(['created']);
  const trail = { auditHead, sealAudit, verifyAudit, issuer: 'default', store, clock, keys };
  expect(await run('sealAudit', trail, 'verdict')).toMatchObject({ intact: true, waiting: { lines: 0 } });
  await flow.runDue({ budgetMs: 60_000 });
  const heads = kept.map((text) => JSON.parse(text) as object);
  expect(heads).toHaveLength(1);
  expect(await run('flow.verifyAudit', { flow, heads }, 'intact')).toBe(true);
});
