import { type FindUnreachable, findUnreachable } from '../documents/linked-document.ts';
import type { FlowContext } from '../flow-context.ts';
import { type Candidate, candidateOf, decideAward, readKnown } from './award-decision.ts';
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
  const find = findUnreachable(context);
  const looked = await Promise.all(inputs.map((input) => look(context, input, now, find)));
  const candidates = looked.flatMap((one) => ('candidate' in one ? [one.candidate] : []));
  const known = await readKnown(context, context.store.read, candidates);
  const planned: PlannedAward[] = [];
  for (const [at, { key }] of inputs.entries()) {
    const one = looked[at];
    if (one === undefined || 'problems' in one) {
      planned.push({ key, result: 'refused', problems: one?.problems ?? [] });
      continue;
    }
    const decision = await decideAward(context, known, one.candidate, run, false);
    const problems = decision.result === 'refused' ? [decision.problem] : [];
    planned.push({ key, result: decision.result, problems });
  }
  return planned;
}

type Looked = { readonly candidate: Candidate } | { readonly problems: readonly AwardProblem[] };

async function look(
  context: FlowContext,
  input: AwardInput,
  now: number,
  find: FindUnreachable | undefined,
): Promise<Looked> {
  const checked = checkInput(input, now, context.documents);
  if (!checked.ok) return { problems: checked.problems };
  const problem = await find?.(checked.input.credential);
  return problem === undefined ? { candidate: candidateOf(context, checked.input) } : { problems: [problem] };
}
