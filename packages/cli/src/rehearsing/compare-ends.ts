import { submissionId } from '@seek-pass-kit/core';
import type { AwardStatus } from '@seek-pass-kit/flows';
import type { Sandbox } from '@seek-pass-kit/sandbox';
import type { Learner } from './class-of-learners.ts';
import { inLanes } from './in-lanes.ts';
import { type Plan, plannedEnds, plans, type SubmissionEnd } from './plans.ts';
import type { Ground } from './rehearsal-ground.ts';

/** How the learners of one plan ended. */
export interface PlanEnds {
  readonly plan: Plan;
  readonly learners: number;
  /** How many ended as planned, in the store and at SEEK Pass. */
  readonly asPlanned: number;
}

/** What the store and SEEK Pass say when all is over. */
export interface Comparison {
  readonly plans: readonly PlanEnds[];
  /** What is wrong, with how often it is; empty when nothing is. */
  readonly faults: Readonly<Record<string, number>>;
}

type Submission = ReturnType<Sandbox['control']['submissions']['list']>[number];

/**
 * Compares what every learner was to come to with what the store has and what SEEK Pass has: no award lost, none made twice, none
 * submitted twice, none in another person's wallet.
 */
export async function compareEnds(
  { sandbox, settings, registrar }: Ground,
  learners: readonly Learner[],
): Promise<Comparison> {
  const { flow } = registrar;
  const faults: Record<string, number> = {};
  const fault = (kind: string): void => {
    faults[kind] = (faults[kind] ?? 0) + 1;
  };
  const atSeekPass = new Map<string, Submission>();
  for (const submission of sandbox.control.submissions.list(Number.POSITIVE_INFINITY)) {
    if (atSeekPass.has(submission.id)) fault('SEEK Pass has two submissions under one id');
    atSeekPass.set(submission.id, submission);
  }
  const asPlanned = new Map<Plan, number>();
  await inLanes(learners, 16, async (learner) => {
    const expected = plannedEnds[learner.plan].submissions.map((_, at) =>
      submissionId({
        namespace: settings.secrets.namespace ?? '',
        key: learner.key,
        version: 1,
        attempt: at + 1,
      }),
    );
    const submissions = expected.map((id) => atSeekPass.get(id));
    for (const id of expected) atSeekPass.delete(id);
    const found = faultsOf(learner, await flow.status(learner.key), submissions);
    for (const kind of found) fault(kind);
    if (found.length === 0) asPlanned.set(learner.plan, (asPlanned.get(learner.plan) ?? 0) + 1);
  });
  for (const _ of atSeekPass) fault('SEEK Pass has a submission that nobody planned');
  const stored = Object.values(await flow.counts()).reduce((sum, count) => sum + count, 0);
  if (stored > learners.length) fault('there are more awards than learners');
  return {
    plans: plans.map((plan) => ({
      plan,
      learners: learners.filter((learner) => learner.plan === plan).length,
      asPlanned: asPlanned.get(plan) ?? 0,
    })),
    faults,
  };
}

/** What is wrong with one learner's award. */
export function faultsOf(
  { email, plan }: Pick<Learner, 'email' | 'plan'>,
  status: Pick<AwardStatus, 'state' | 'version' | 'history'> | undefined,
  submissions: readonly (
    | Pick<Submission, 'status' | 'canceledBy' | 'boundTo' | 'walletCopy' | 'warnings'>
    | undefined
  )[],
): string[] {
  const planned = plannedEnds[plan];
  if (status === undefined) return ['an award is lost'];
  const faults: string[] = [];
  if (status.state !== planned.state) faults.push(`${plan}: ${status.state} instead of ${planned.state}`);
  if (status.version !== 1 || status.history.filter(({ what }) => what === 'created').length !== 1) {
    faults.push('an award was made twice');
  }
  const submitted = status.history.filter(({ what }) => what === 'submitted').length;
  if (submitted !== planned.submissions.length) faults.push(`${plan}: ${submitted} submissions on record`);
  for (const [at, end] of planned.submissions.entries()) {
    const submission = submissions[at];
    if (submission === undefined) {
      faults.push(`${plan}: SEEK Pass has no attempt ${at + 1}`);
      continue;
    }
    const reached = endOf(submission);
    if (reached !== end)
      faults.push(`${plan}: attempt ${at + 1} is ${reached} at SEEK Pass instead of ${end}`);
    if (submission.boundTo !== null && submission.boundTo !== email)
      faults.push('another person owns it at SEEK Pass');
    if (submission.warnings.length > 0) faults.push('SEEK Pass got other data under the same id');
  }
  return faults;
}

function endOf({
  status,
  canceledBy,
  walletCopy,
}: Pick<Submission, 'status' | 'canceledBy' | 'walletCopy'>): SubmissionEnd | 'open' {
  if (status === 'verified') return walletCopy === 'kept' ? 'in_wallet' : 'lost_without_app';
  if (status === 'incomplete') return 'open';
  return canceledBy === 'expiry' ? 'expired' : 'declined';
}
