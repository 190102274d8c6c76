import type { SubmissionStatus } from '@seek-pass-kit/core';
import { decideAnew } from '../awards/decide-anew.ts';
import { recordOutcome } from '../awards/record-outcome.ts';
import { strongerOutcome, type SubmissionOutcome } from '../awards/submission-outcome.ts';
import type { FlowContext } from '../flow-context.ts';
import { type AskedWhen, judgeStatus, pollAgainAt } from './judge-status.ts';
import type { SubmissionRow } from '../store/rows.ts';

/**
 * One difference between what we have on record and what SEEK Pass says.
 *
 * - `missed`: it ended and we had not noticed. Mended.
 * - `unwatched`: it is open and nobody would have asked again. Mended.
 * - `inconsistent`: the award and its submission said different things. Mended: the stronger word counts.
 * - `not_reported`: SEEK Pass took it and does not report it although its 48 hours are not over. A person should ask SEEK Pass.
 * - `contradiction`: SEEK Pass says now what cannot follow from what it said before. A person should ask SEEK Pass.
 */
export interface Drift {
  readonly kind: 'missed' | 'unwatched' | 'inconsistent' | 'not_reported' | 'contradiction';
  readonly awardId: string;
  /** Name it when you ask SEEK Pass. */
  readonly submissionId: string;
  readonly attempt: number;
  /** Before anything was mended. */
  readonly ours: SubmissionOutcome;
  /** The status as SEEK Pass reports it; `not_reported` when it does not. */
  readonly theirs: string;
  readonly mended: boolean;
}

/** What to compare. */
export interface ReconcileOptions {
  /** Submissions stored since then, in milliseconds since the epoch. Default: those of the last 30 days. */
  readonly since?: number;
  readonly signal?: AbortSignal;
}

const monthMs = 30 * 24 * 3_600_000;
const pageSize = 500;
const idsPerCall = 30;

/**
 * Compares submissions with what SEEK Pass says about them, whatever the polling plan says, mends what can be mended and
 * yields every difference. One call per 30 submissions: run it at night, or after a store was restored from a backup.
 *
 * @throws {SeekPassError} when SEEK Pass does not answer; what was yielded holds, and beginning again is safe.
 */
export async function* reconcile(
  context: FlowContext,
  { since = context.seekPass.now() - monthMs, signal }: ReconcileOptions = {},
): AsyncGenerator<Drift, void, undefined> {
  let group: SubmissionRow[] = [];
  for await (const submission of submissionsSince(context, since)) {
    group.push(submission);
    if (group.length < idsPerCall) continue;
    yield* await compareGroup(context, group, signal);
    group = [];
  }
  if (group.length > 0) yield* await compareGroup(context, group, signal);
}

async function* submissionsSince(
  { issuer, store }: FlowContext,
  since: number,
): AsyncGenerator<SubmissionRow> {
  let cursor: string | undefined;
  do {
    const page = await store.read.listAwards({
      issuer,
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { id, facts } of page.awards) {
      if (facts.submissions.length === 0) continue;
      for (const submission of await store.read.submissions(issuer, id)) {
        if (submission.submittedAt >= since) yield submission;
      }
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
}

async function compareGroup(
  context: FlowContext,
  group: readonly SubmissionRow[],
  signal: AbortSignal | undefined,
): Promise<Drift[]> {
  const ids = group.map(({ id }) => id);
  const call = { lane: 'reconcile', ...(signal === undefined ? {} : { signal }) };
  const askedAt = context.seekPass.now();
  const statuses = await context.seekPass.statuses(ids, call);
  const when = { askedAt, answeredAt: context.seekPass.now() };
  const drifts: Drift[] = [];
  for (const submission of group) {
    const status = statuses.find(({ id }) => id === submission.id);
    const drift = status === undefined ? undefined : await compare(context, submission, status, when);
    if (drift === undefined) continue;
    const { submissionId: _, ...known } = drift;
    context.onNotice?.({ event: 'drift_found', ...known });
    drifts.push(drift);
  }
  return drifts;
}

function compare(
  context: FlowContext,
  { id, awardId }: SubmissionRow,
  status: SubmissionStatus,
  when: AskedWhen,
): Promise<Drift | undefined> {
  const { issuer, store } = context;
  return decideAnew(store, async (tx) => {
    const award = await tx.lockAward(issuer, awardId);
    const stored = (await tx.submissions(issuer, awardId)).find((submission) => submission.id === id);
    if (award === undefined || stored === undefined) return undefined;
    const { attempt, outcome: ours } = stored;
    const drift = (kind: Drift['kind'], mended: boolean): Drift => ({
      kind,
      awardId,
      submissionId: id,
      attempt,
      ours,
      theirs: status.status,
      mended,
    });
    const mend = (outcome: SubmissionOutcome) =>
      recordOutcome(context, tx, award, stored, {
        outcome,
        lastAskedAt: when.askedAt,
        nextPollAt: stored.nextPollAt ?? pollAgainAt(stored, when.askedAt),
      });

    const judged = judgeStatus(status, stored, when);
    if (strongerOutcome(ours, judged) !== ours) {
      await mend(judged);
      return drift('missed', true);
    }
    if (contradicts(ours, status.status)) return drift('contradiction', false);
    const inFacts = award.facts.submissions.find((fact) => fact.attempt === attempt)?.outcome ?? 'open';
    if (inFacts !== ours) {
      await mend(strongerOutcome(inFacts, ours));
      return drift('inconsistent', true);
    }
    if (ours !== 'open') return undefined;
    if (stored.nextPollAt === null) {
      await mend('open');
      return drift('unwatched', true);
    }
    const lost = stored.acknowledged && status.status === 'not_reported';
    return lost ? drift('not_reported', false) : undefined;
  });
}

/** Ends are final, as far as SEEK Pass documents them. Silence and unknown words contradict nothing. */
function contradicts(ours: SubmissionOutcome, theirs: string): boolean {
  switch (theirs) {
    case 'incomplete':
      return ours !== 'open';
    case 'canceled':
      return ours === 'verified' || ours === 'refused';
    default:
      return false;
  }
}
