import type { HistoryRow } from '../store/rows.ts';
import type { AwardInput } from './award-input.ts';

/** What the history says of a new award: what it does to the version before, and which version of the host's record it was made from. */
export function creationNote(
  effect: string | undefined,
  { sourceVersion }: Pick<AwardInput, 'sourceVersion'>,
): string | null {
  if (sourceVersion === undefined) return effect ?? null;
  return [...(effect === undefined ? [] : [effect]), `source ${sourceVersion}`].join(', ');
}

/** Which version of the host's record an award was made from, by its history. */
export function sourceVersionOf(history: readonly HistoryRow[]): string | undefined {
  const note = history.find(({ what }) => what === 'created')?.why;
  return /(?:^|, )source (\S+)$/.exec(note ?? '')?.[1];
}
