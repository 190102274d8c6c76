import { checkId } from '../http/request-path.ts';
import type { SubmissionStatus } from './status.ts';
import { statusIdsPerCall } from './status.ts';

/** Asks for one group of at most {@link statusIdsPerCall} ids. */
export type AskGroup = (ids: readonly string[]) => Promise<SubmissionStatus[]>;

/**
 * The statuses of any number of ids, 30 a call, at most `inFlight` calls at once. Repeated ids are asked once; the result has
 * one entry per different id, in the order of their first appearance. The first failure stops the rest.
 */
export async function askInGroups(
  ids: Iterable<string>,
  inFlight: number,
  ask: AskGroup,
): Promise<SubmissionStatus[]> {
  const different = [...new Set(ids)];
  for (const id of different) checkId(id);
  const results: SubmissionStatus[][] = [];
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    while (!failed && next * statusIdsPerCall < different.length) {
      const group = next++;
      const from = group * statusIdsPerCall;
      try {
        results[group] = await ask(different.slice(from, from + statusIdsPerCall));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const groups = Math.ceil(different.length / statusIdsPerCall);
  await Promise.all(Array.from({ length: Math.min(inFlight, groups) }, work));
  return results.flat();
}
