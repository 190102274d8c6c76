import type { FlowContext } from '../flow-context.ts';
import { candidateOf, decideAward, readKnown } from './award-decision.ts';
import type { AwardInput } from './award-input.ts';
import { checkInput } from './award-input.ts';
import type { AwardProblem } from './award-problem.ts';
import type { AwardResult, IssuingRun } from './award-result.ts';

/** What issuing an award would do now. */
export interface PlannedAward {
  readonly key: string;
  readonly result: AwardResult['result'];
  /** Why it would be refused; otherwise empty. */
  readonly problems: readonly AwardProblem[];
}

/**
 * What issuing these awards would do, by the same rule that issues them; stores and sends nothing. Their keys are distinct, and
 * they are a batch of some hundred: everything known of them is read at once.
 */
export async function planAwards(
  context: FlowContext,
  inputs: readonly AwardInput[],
  run: Pick<IssuingRun, 'reissueWithdrawn'>,
): Promise<PlannedAward[]> {
  const now = context.clock.now();
  const checked = inputs.map((input) => checkInput(input, now));
  const candidates = checked.map((one) => (one.ok ? candidateOf(context, one.input) : undefined));
  const valid = candidates.filter((one) => one !== undefined);
  const known = valid.length === 0 ? undefined : await readKnown(context, context.store.read, valid);
  const planned: PlannedAward[] = [];
  for (const [at, { key }] of inputs.entries()) {
    const one = checked[at];
    const candidate = candidates[at];
    if (one?.ok !== true || candidate === undefined || known === undefined) {
      planned.push({ key, result: 'refused', problems: one?.ok === false ? one.problems : [] });
      continue;
    }
    const decision = await decideAward(context, known, candidate, run, false);
    const problems = decision.result === 'refused' ? [decision.problem] : [];
    planned.push({ key, result: decision.result, problems });
  }
  return planned;
}
