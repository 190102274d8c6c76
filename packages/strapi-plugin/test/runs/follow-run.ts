import type { RunDetail, RunRowsPage, RunRowView, RunState } from '../../contract/runs.ts';
import type { StaffMember } from '../site/staff-member.ts';

/** Of a role that may issue completions in bulk. */
export const bulkRole = [
  { action: 'plugin::seek-pass.bulk-issue' },
  { action: 'plugin::content-manager.explorer.read', subject: 'api::completion.completion' },
] as const;

const busy = new Set<RunState>(['checking', 'issuing']);

/** The run once it waits for somebody, or has ended. */
export async function settled(staff: StaffMember, id: string): Promise<RunDetail> {
  for (;;) {
    const { body } = await staff.ask<RunDetail>('GET', `/seek-pass/runs/${id}`);
    if (!busy.has(body.state)) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Starts a run, and gives it once it is looked through. `work`: has somebody do it, where nobody does by themselves. */
export async function startRun(
  staff: StaffMember,
  request: object,
  work: () => Promise<unknown> = async () => undefined,
): Promise<RunDetail> {
  const { status, body } = await staff.ask<RunDetail>('POST', '/seek-pass/runs', request);
  if (status !== 201) throw new Error(JSON.stringify(body));
  await work();
  return settled(staff, body.id);
}

export function tickedRun(documentIds: readonly string[]) {
  return {
    source: 'ticked',
    contentType: 'api::completion.completion',
    mapping: 'short-course',
    documentIds,
  } as const;
}

export function filterRun(query: object) {
  return {
    source: 'filter',
    contentType: 'api::completion.completion',
    mapping: 'short-course',
    query,
  } as const;
}

/** Confirms what the dry run said, and gives the run once it is over or paused. */
export async function confirmRun(staff: StaffMember, { id, brake }: RunDetail): Promise<RunDetail> {
  const { status, body } = await staff.ask('POST', `/seek-pass/runs/${id}/confirm`, {
    awards: brake?.awards,
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return settled(staff, id);
}

/** Every row of a run. */
export async function allRows(staff: StaffMember, id: string, only = ''): Promise<RunRowView[]> {
  const rows: RunRowView[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: { body: RunRowsPage } = await staff.ask<RunRowsPage>(
      'GET',
      `/seek-pass/runs/${id}/rows?limit=100&after=${after}${only}`,
    );
    rows.push(...page.body.rows);
    after = page.body.next;
  }
  return rows;
}
