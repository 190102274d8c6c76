import type { FlowContext } from '../flow-context.ts';
import { type Candidate, candidateOf } from './award-decision.ts';
import type { AwardInput } from './award-input.ts';
import { checkInput } from './award-input.ts';
import type { AwardResult, IssuingRun } from './award-result.ts';
import { issueBatch, type KeysOfRun } from './issue-batch.ts';

const batchSize = 500;

/**
 * Awards any number of credentials, one result each in their order. Batches of 500 in one transaction each: what was
 * yielded is stored. Repeating a run is safe, from its start too: what is stored already comes out as `unchanged`.
 * Memory grows by some 60 bytes per award, to tell when a key comes twice in one run; nothing else is kept.
 */
export async function* issueAwards(
  context: FlowContext,
  inputs: AsyncIterable<AwardInput> | Iterable<AwardInput>,
  run: IssuingRun,
): AsyncGenerator<AwardResult, void, undefined> {
  const keys = keysOfRun();
  let former: Promise<AwardResult[]> = Promise.resolve([]);
  try {
    for await (const batch of batchesOf(inputs)) {
      // Checked and hashed while the database works on the batch before.
      const checked = check(context, batch);
      const results = await former;
      former = issue(context, checked, run, keys);
      // Its failure is thrown when it is waited for; until then the next inputs may take their time.
      former.catch(() => undefined);
      yield* results;
    }
    yield* await former;
  } finally {
    // Also when the caller stops early: nothing goes on in the background.
    await former.catch(() => undefined);
  }
}

/** Awards one credential. */
export async function issueAward(
  context: FlowContext,
  input: AwardInput,
  run: IssuingRun,
): Promise<AwardResult> {
  const [result] = await issue(context, check(context, [input]), run, keysOfRun());
  if (result === undefined) throw new Error('An award has no result.');
  return result;
}

async function* batchesOf(inputs: AsyncIterable<AwardInput> | Iterable<AwardInput>) {
  let batch: AwardInput[] = [];
  for await (const input of inputs) {
    batch.push(input);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** An input as it was found: ready to be issued, or refused. */
type Checked = { readonly candidate: Candidate } | { readonly refused: AwardResult };

function check(context: FlowContext, inputs: readonly AwardInput[]): Checked[] {
  const now = context.clock.now();
  return inputs.map((input): Checked => {
    const checked = checkInput(input, now);
    if (checked.ok) return { candidate: candidateOf(context, checked.input) };
    return { refused: { key: nameOf(input), result: 'refused', problems: checked.problems } };
  });
}

async function issue(
  context: FlowContext,
  checked: readonly Checked[],
  run: IssuingRun,
  keys: KeysOfRun,
): Promise<AwardResult[]> {
  const candidates = checked.flatMap((one) => ('candidate' in one ? [one.candidate] : []));
  const issued = (candidates.length === 0 ? [] : await issueBatch(context, candidates, run, keys)).values();
  return checked.map((one): AwardResult => {
    if ('refused' in one) return one.refused;
    const { value } = issued.next();
    if (value === undefined) throw new Error('An award of the batch has no result.');
    return value;
  });
}

function nameOf(input: unknown): string {
  const { key } = Object(input) as { key?: unknown };
  return typeof key === 'string' ? key : '';
}

function keysOfRun(): KeysOfRun {
  const seen = new Set<string>();
  return { has: (keyHash) => seen.has(short(keyHash)), add: (keyHash) => seen.add(short(keyHash)) };
}

/** 96 bits of the keyed hash tell the keys of one run apart. */
function short(keyHash: string): string {
  return keyHash.slice(0, 12);
}
