import type { ReportCount } from '../store/reports.ts';
import { awardStates, countedNames, erasedAfterAdding, placeOf, stateCount, waitCount } from './counted.ts';
import { milestones } from './milestone.ts';
import type { MilestoneCounts, ReportFigures, ReportGroup } from './report.ts';
import { halfWithin } from './wait.ts';

/** What happened in one period, or in all of them. */
export function milestonesOf(counts: readonly ReportCount[], period?: number): MilestoneCounts {
  return milestonesIn(sumOf(period === undefined ? counts : counts.filter((one) => one.period === period)));
}

/** The figures of all that was counted. */
export function figuresOf(counts: readonly ReportCount[]): ReportFigures {
  const sums = sumOf(counts);
  const wasAdded = numberIn(sums, erasedAfterAdding);
  const standing = countsOf(awardStates, (state) => numberIn(sums, stateCount(state)));
  standing.added += wasAdded;
  standing.erased -= wasAdded;
  const claimRate = claimRateOf(standing);
  const halfAddedWithinMs = halfWithin((wait) => numberIn(sums, waitCount(wait)));
  return {
    happened: milestonesIn(sums),
    standing,
    ...(claimRate === undefined ? {} : { claimRate }),
    ...(halfAddedWithinMs === undefined ? {} : { halfAddedWithinMs }),
  };
}

/** What a group of a report is called. */
type GroupName = Pick<ReportGroup, 'credentialType' | 'title' | 'institution'>;

/** The numbers of each group, most issued first. Courses with the same name are one group. */
export function groupsOf(
  counts: readonly ReportCount[],
  nameOf: (course: string) => GroupName,
  periods: number,
): ReportGroup[] {
  const groups = new Map<string, { readonly name: GroupName; readonly counts: ReportCount[] }>();
  for (const count of counts) {
    const name = nameOf(count.course);
    const key = JSON.stringify([name.credentialType, name.title, name.institution]);
    const group = groups.get(key) ?? { name, counts: [] };
    group.counts.push(count);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ name, counts: own }) => ({ ...name, ...figuresOf(own), periods: periodsOf(own, periods) }))
    .sort((a, b) => b.happened.issued - a.happened.issued || (titleOf(a) < titleOf(b) ? -1 : 1));
}

function countsOf<Name extends string>(
  names: readonly Name[],
  count: (name: Name) => number,
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<Name, number>;
}

function milestonesIn(numbers: readonly number[]): MilestoneCounts {
  return countsOf(milestones, (milestone) => numberIn(numbers, milestone));
}

function numberIn(numbers: readonly number[], name: string): number {
  return numbers[placeOf(name)] ?? 0;
}

function sumOf(counts: readonly ReportCount[]): number[] {
  const sums = countedNames.map(() => 0);
  for (const { numbers } of counts) {
    for (const [place, number] of numbers.entries()) sums[place] = (sums[place] ?? 0) + number;
  }
  return sums;
}

function periodsOf(counts: readonly ReportCount[], length: number): MilestoneCounts[] {
  const byPeriod = Array.from({ length }, (): ReportCount[] => []);
  for (const count of counts) byPeriod[count.period]?.push(count);
  return byPeriod.map((own) => milestonesIn(sumOf(own)));
}

/** Nobody can add what was withdrawn or superseded. */
function claimRateOf(standing: ReportFigures['standing']): number | undefined {
  const all = Object.values(standing).reduce((sum, count) => sum + count, 0);
  const meant = all - standing.withdrawn - standing.superseded;
  return meant === 0 ? undefined : standing.added / meant;
}

function titleOf({ title, credentialType }: GroupName): string {
  return title ?? credentialType;
}
