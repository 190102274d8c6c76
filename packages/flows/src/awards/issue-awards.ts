import { type FindUnreachable, findUnreachable } from '../documents/linked-document.ts';
import type { FlowContext } from '../flow-context.ts';
import { candidateOf } from './award-decision.ts';
import type { AwardInput } from './award-input.ts';
import { checkInput } from './award-input.ts';
import type { AwardResult, IssuingRun } from './award-result.ts';
import { batchesOf } from './batches.ts';
import { type CandidateOfRun, issueBatch } from './issue-batch.ts';

const defaultBatch = 500;

/** While the database works on one batch, the next is checked and sealed. */
const mostUnderWay = 2;

/**
 * Awards any number of credentials, one result each in their order. Batches of 500, or what the store can
 * take at once, in one transaction each: what was yielded is stored. Repeating a run is safe, from its start too: what is stored already comes out as `unchanged`.
 * Memory grows by some 60 bytes per award, to tell when a key comes twice in one run; nothing else is kept.
 */
export async function* issueAwards(
  context: FlowContext,
  inputs: AsyncIterable<AwardInput> | Iterable<AwardInput>,
  run: IssuingRun,
): AsyncGenerator<AwardResult, void, undefined> {
  const keys = new Set<string>();
  const underWay: UnderWay[] = [];
  const find = findUnreachable(context);
  try {
    for await (const batch of batchesOf(inputs, context.store.awardsAtOnce ?? defaultBatch, sizeOfFile)) {
      const checked = await reachable(find, check(context, batch, keys));
      for (let first = underWay[0]; first !== undefined; first = underWay[0]) {
        if (underWay.length < mostUnderWay && !underWay.some((other) => meets(other, checked))) break;
        yield* await first.results;
        underWay.shift();
      }
      underWay.push(begin(context, checked, run));
    }
    for (const { results } of underWay) yield* await results;
  } finally {
    // Also when the caller stops early: nothing goes on in the background.
    await Promise.allSettled(underWay.map(({ results }) => results));
  }
}

/** Awards one credential. */
export async function issueAward(
  context: FlowContext,
  input: AwardInput,
  run: IssuingRun,
): Promise<AwardResult> {
  const checked = await reachable(findUnreachable(context), check(context, [input], new Set()));
  const [result] = await issue(context, checked, run);
  if (result === undefined) throw new Error('An award has no result.');
  return result;
}

/** Inputs come from JavaScript too, and are checked later. */
function sizeOfFile(input: AwardInput): number {
  const size: unknown = input?.file?.bytes?.length;
  return typeof size === 'number' ? size : 0;
}

/** An input as it was found: ready to be issued, or refused. */
type Checked = { readonly candidate: CandidateOfRun } | { readonly refused: AwardResult };

/** A batch that is being issued. */
interface UnderWay {
  readonly checked: readonly Checked[];
  readonly results: Promise<AwardResult[]>;
}

/** Checks inputs, and notes their keys in those of the run. */
function check(context: FlowContext, inputs: readonly AwardInput[], keys: Set<string>): Checked[] {
  const now = context.clock.now();
  return inputs.map((input): Checked => {
    const checked = checkInput(input, now, context.documents);
    if (!checked.ok) {
      return { refused: { key: nameOf(input), result: 'refused', problems: checked.problems } };
    }
    const candidate = candidateOf(context, checked.input);
    const key = short(candidate.keyName);
    const repeated = keys.has(key);
    keys.add(key);
    return { candidate: { ...candidate, repeated } };
  });
}

/** Refuses those whose document cannot be fetched, where the flow is to ask. */
async function reachable(
  find: FindUnreachable | undefined,
  checked: readonly Checked[],
): Promise<readonly Checked[]> {
  if (find === undefined) return checked;
  return Promise.all(
    checked.map(async (one): Promise<Checked> => {
      if ('refused' in one) return one;
      const { key, credential } = one.candidate.input;
      const problem = await find(credential);
      return problem === undefined ? one : { refused: { key, result: 'refused', problems: [problem] } };
    }),
  );
}

function begin(context: FlowContext, checked: readonly Checked[], run: IssuingRun): UnderWay {
  const results = issue(context, checked, run);
  // Its failure is thrown when it is waited for; until then the next inputs may take their time.
  results.catch(() => undefined);
  return { checked, results };
}

/** Whether two batches have a key or a person in common: then the later one is decided when the earlier one is stored. */
function meets(other: UnderWay, checked: readonly Checked[]): boolean {
  const taken = new Set(other.checked.flatMap(subjectsOf));
  return checked.some((one) => subjectsOf(one).some((subject) => taken.has(subject)));
}

function subjectsOf(one: Checked): string[] {
  return 'candidate' in one ? [one.candidate.keyName, one.candidate.recipient.id] : [];
}

async function issue(
  context: FlowContext,
  checked: readonly Checked[],
  run: IssuingRun,
): Promise<AwardResult[]> {
  const candidates = checked.flatMap((one) => ('candidate' in one ? [one.candidate] : []));
  const issued = (candidates.length === 0 ? [] : await issueBatch(context, candidates, run)).values();
  const results = checked.map((one): AwardResult => {
    if ('refused' in one) return one.refused;
    const { value } = issued.next();
    if (value === undefined) throw new Error('An award of the batch has no result.');
    return value;
  });
  context.onNotice?.({ event: 'awards_issued', results: counted(results) });
  return results;
}

function counted(results: readonly AwardResult[]): Partial<Record<AwardResult['result'], number>> {
  const counts: Partial<Record<AwardResult['result'], number>> = {};
  for (const { result } of results) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

function nameOf(input: unknown): string {
  const { key } = Object(input) as { key?: unknown };
  return typeof key === 'string' ? key : '';
}

/** 96 bits of the keyed hash tell the keys of one run apart. */
function short(keyHash: string): string {
  return keyHash.slice(0, 12);
}
