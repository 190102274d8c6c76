import type { ReportCount } from '../store/reports.ts';
import { awardStates, erasedAfterAdding, stateCount, waitCount } from './counted.ts';
import { type Milestone, milestones } from './milestone.ts';
import type { MilestoneCounts, ReportFigures, ReportGroup } from './report.ts';
import { halfWithin } from './wait.ts';

/** What happened in one period, or in all of them. */
export function milestonesOf(counts: readonly ReportCount[], period?: number): MilestoneCounts {
  const happened = countsOf(milestones);
  for (const one of counts) if (period === undefined || one.period === period) addMilestones(happened, one);
  return happened;
}

/** The figures of all that was counted. */
export function figuresOf(counts: readonly ReportCount[]): ReportFigures {
  const sum = (what: string) => counts.reduce((all, { counts: of }) => all + (of[what] ?? 0), 0);
  const wasAdded = sum(erasedAfterAdding);
  const standing = countsOf(awardStates);
  for (const state of awardStates) standing[state] = sum(stateCount(state));
  standing.added += wasAdded;
  standing.erased -= wasAdded;
  const claimRate = claimRateOf(standing);
  const halfAddedWithinMs = halfWithin((wait) => sum(waitCount(wait)));
  return {
    happened: milestonesOf(counts),
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

function countsOf<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}

function addMilestones(happened: Record<Milestone, number>, { counts }: ReportCount): void {
  for (const milestone of milestones) happened[milestone] += counts[milestone] ?? 0;
}

function periodsOf(counts: readonly ReportCount[], length: number): MilestoneCounts[] {
  const periods = Array.from({ length }, () => countsOf(milestones));
  for (const count of counts) {
    const period = periods[count.period];
    if (period !== undefined) addMilestones(period, count);
  }
  return periods;
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
