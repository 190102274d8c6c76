import type { Milestone, MilestoneCounts, Report } from '@seek-pass-kit/flows';
import {
  dayOf,
  groupName,
  milestoneNames,
  numberText,
  periodText,
  shareText,
  waitText,
} from '@seek-pass-kit/flows/reports';
import { tableLines } from '../terminal/table.ts';
import type { TableColumn } from '../terminal/table.ts';
import { fitToWidth } from '../terminal/text-width.ts';
import { plural } from '../terminal/plural.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What fits beside a name within 80 columns. Rejected and withdrawn stand below the table. */
const shown: readonly Milestone[] = ['issued', 'started', 'added', 'declined', 'expired', 'closed'];

/** Groups in the terminal; all of them are in the files. */
const mostGroups = 20;

/** So that a table with its numbers is 80 columns wide; one with claim rates has a column more. */
const longestName = { over: 26, withRates: 18 } as const;

/** Lines of a report that fit into 80 columns. */
export function reportLines(report: Report, terminal: Terminal): string[] {
  const { colors } = terminal;
  const { periods, groups, group, total, by, from, to, timeZone } = report;
  const kept = groups.slice(0, mostGroups);
  const nameOf = (one: (typeof groups)[number]) => groupName(one, groups, group === 'course');
  const rates = kept.map(({ claimRate }) => shareText(claimRate));
  return [
    `${colors.bold(report.institution)}, ${from} to ${to} (days of ${timeZone})`,
    '',
    ...table(
      by === 'day' ? 'Day' : by === 'week' ? 'Week' : 'Month',
      [
        ...periods.map((period) => ({ name: periodText(period, by), counts: period.happened })),
        { name: 'In all', counts: total.happened },
      ],
      terminal,
    ),
    ...(kept.length === 0
      ? []
      : [
          '',
          ...table(
            group === 'course' ? 'Course' : 'Credential type',
            kept.map((one) => ({ name: nameOf(one), counts: one.happened })),
            terminal,
            rates,
          ),
        ]),
    ...(groups.length > kept.length
      ? [colors.dim(`${groups.length - kept.length} more: --csv or --html has them all.`)]
      : []),
    '',
    ...sentences(report),
    ...warnings(total.happened).map((line) => colors.yellow(line)),
    colors.dim('"Expired" is judged by time, and why something is "closed" nobody knows:'),
    colors.dim('neither says that a learner declined.'),
  ];
}

interface Row {
  readonly name: string;
  readonly counts: MilestoneCounts;
}

function table(
  first: string,
  rows: readonly Row[],
  { columns, colors }: Terminal,
  rates: readonly string[] = [],
): string[] {
  const titles: TableColumn[] = [
    { title: first },
    ...shown.map((milestone) => ({ title: milestoneNames[milestone], align: 'right' as const })),
    ...(rates.length === 0 ? [] : [{ title: 'Claimed', align: 'right' as const }]),
  ];
  const cells = rows.map(({ name, counts }, at) => [
    columns === undefined
      ? name
      : fitToWidth(name, rates.length === 0 ? longestName.over : longestName.withRates),
    ...shown.map((milestone) => numberText(counts[milestone])),
    ...(rates.length === 0 ? [] : [rates[at] ?? '']),
  ]);
  return tableLines(titles, cells, { columns, title: colors.dim });
}

function sentences({ total, now, timeZone }: Report): string[] {
  const { claimRate, halfAddedWithinMs } = total;
  const waiting = now.awards['ready'] ?? 0;
  const since =
    now.waitingSince === undefined ? '' : `, the longest since ${dayOf(now.waitingSince, timeZone)}`;
  return [
    ...(claimRate === undefined
      ? []
      : [`Of the awards issued in these days ${shareText(claimRate)} are in the wallet now.`]),
    ...(halfAddedWithinMs === undefined
      ? []
      : [`Half of those added were added within ${waitText(halfAddedWithinMs)}.`]),
    `${plural(waiting, 'award')} waiting for their learners today${since}.`,
  ];
}

function warnings({ rejected, withdrawn }: MilestoneCounts): string[] {
  return [
    ...(rejected === 0
      ? []
      : [`SEEK Pass rejected ${plural(rejected, 'award')}: correct them and issue them again.`]),
    ...(withdrawn === 0
      ? []
      : [`${plural(withdrawn, 'award')} ${withdrawn === 1 ? 'was' : 'were'} withdrawn.`]),
  ];
}
