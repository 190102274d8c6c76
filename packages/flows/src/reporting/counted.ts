import type { AwardState } from '../awards/award-facts.ts';
import { milestones } from './milestone.ts';
import { waitLimits } from './wait.ts';

/** In the order of an award's life. */
export const awardStates = [
  'ready',
  'submitted',
  'added',
  'declined',
  'closed',
  'rejected',
  'withdrawn',
  'superseded',
  'erased',
] as const satisfies readonly AwardState[];

/** How many of the erased were in the wallet: they are counted as erased too. */
export const erasedAfterAdding = 'erased_after_adding';

/** Everything that is counted of awards, by the names that a store gives the counts. */
export const countedNames: readonly string[] = [
  ...milestones,
  ...awardStates.map(stateCount),
  erasedAfterAdding,
  ...Array.from({ length: waitLimits.length + 1 }, (_, wait) => waitCount(wait)),
];

/** How many stand so. */
export function stateCount(state: AwardState): string {
  return `state_${state}`;
}

/** How many were added after this wait. */
export function waitCount(wait: number): string {
  return `waited_${wait}`;
}

const places: ReadonlyMap<string, number> = new Map(countedNames.map((name, place) => [name, place]));

/** The place of a count in a list of numbers. */
export function placeOf(name: string): number {
  const place = places.get(name);
  if (place === undefined) throw new RangeError(`Nothing is counted as ${name}.`);
  return place;
}
