import { expect, it } from 'vitest';
import type { AwardInput } from '../../src/awards/award-input.ts';
import type { RunRow } from '../../src/bulk/run-row.ts';
import { issueRows, RowPlanner } from '../../src/bulk/run-rows.ts';
import { createRunKey, openRunVault } from '../../src/bulk/run-vault.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { nameOf } from './bulk-fixture.ts';

function award(at: number, key = `entry-${at}`): AwardInput {
  return {
    key,
    recipient: { fullName: nameOf(at), email: `learner${at}@example.edu` },
    credential: {
      credential_type: 'microcredential',
      fields: {
        full_name: nameOf(at),
        issuer_name: 'Example University',
        microcredential_name: 'Underwater Welding',
        issue_date: '2026-02-20',
      },
    },
  };
}

const rowOf = (row: number, input: AwardInput): RunRow => ({ row, key: input.key, input, findings: [] });

it('rows without a file are planned by the rules that issue them, and the piece before is remembered', async () => {
  const { context } = await openAddFlow();
  const run = { runId: 'run', who: 'staff-7' };
  await issueRows(context, [rowOf(1, award(1))], run);
  const planner = new RowPlanner(context);
  expect(await planner.plan([rowOf(1, award(1)), rowOf(2, award(2))])).toMatchObject([
    { row: 1, result: 'unchanged' },
    { row: 2, result: 'created' },
  ]);
  expect(await planner.plan([rowOf(3, award(3, 'entry-2'))])).toMatchObject([
    { row: 3, result: 'refused', findings: [{ code: 'duplicate_key' }] },
  ]);
  expect(planner.people).toBe(1);
});

it('rows are told in their order, those that cannot be issued among them', async () => {
  const { context } = await openAddFlow();
  const unfit: RunRow = { row: 2, key: 'entry-2', input: undefined, findings: [] };
  const outcomes = await issueRows(context, [rowOf(1, award(1)), unfit, rowOf(3, award(3))], {
    runId: 'run',
    who: 'staff-7',
  });
  expect(outcomes.map(({ row, result }) => [row, result])).toEqual([
    [1, 'created'],
    [2, 'refused'],
    [3, 'created'],
  ]);
});

it('security rule 16: what a run seals opens at its place alone', async () => {
  const { context } = await openAddFlow();
  const key = await createRunKey(context, 'run-1');
  const vault = await openRunVault(context, 'run-1', key);
  const sealed = vault.seal('row 1', Buffer.from('Linh Nguyen'));
  expect(Buffer.from(sealed).includes('Linh')).toBe(false);
  expect(Buffer.from(vault.open('row 1', sealed)).toString()).toBe('Linh Nguyen');
  expect(() => vault.open('row 2', sealed)).toThrow('unable to authenticate');
  await expect(openRunVault(context, 'run-2', key)).rejects.toThrow('unable to authenticate');
  expect(vault.fingerprint('a')).not.toBe(vault.fingerprint('b'));
});
