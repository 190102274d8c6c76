import type { FlowContext } from '../flow-context.ts';
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
  let batch: AwardInput[] = [];
  for await (const input of inputs) {
    batch.push(input);
    if (batch.length < batchSize) continue;
    yield* await checkAndIssue(context, batch, run, keys);
    batch = [];
  }
  if (batch.length > 0) yield* await checkAndIssue(context, batch, run, keys);
}

/** Awards one credential. */
export async function issueAward(
  context: FlowContext,
  input: AwardInput,
  run: IssuingRun,
): Promise<AwardResult> {
  const [result] = await checkAndIssue(context, [input], run, keysOfRun());
  if (result === undefined) throw new Error('An award has no result.');
  return result;
}

async function checkAndIssue(
  context: FlowContext,
  inputs: readonly AwardInput[],
  run: IssuingRun,
  keys: KeysOfRun,
): Promise<AwardResult[]> {
  const now = context.clock.now();
  const checked = inputs.map((input) => checkInput(input, now));
  const good = checked.flatMap((check) => (check.ok ? [check.input] : []));
  const issued = (good.length === 0 ? [] : await issueBatch(context, good, run, keys)).values();
  return checked.map((check, index): AwardResult => {
    if (!check.ok) return { key: nameOf(inputs[index]), result: 'refused', problems: check.problems };
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
