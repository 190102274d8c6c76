import { createHash } from 'node:crypto';
import type { Brand } from '../../flow-context.ts';
import { type Html, html } from '../../pages/html.ts';
import { type Milestone, milestones } from '../milestone.ts';
import type { Report } from '../report.ts';
import {
  axisText,
  dayText,
  milestoneMeanings,
  milestoneNames,
  numberText,
  periodText,
  shareText,
  waitText,
} from '../wording.ts';
import { columnsChart, type Series } from './columns-chart.ts';
import { coursesTable, groupsTable, periodsTable } from './report-tables.ts';
import { reportStyle } from './report-style.ts';

/** How a report looks. */
export type ReportPageOptions = Pick<Brand, 'colour' | 'logo'>;

/**
 * A report as one HTML page to be kept, printed or sent: it needs no network, loads nothing, runs no script, and reads well on A4 and on
 * any screen, in light and dark. It tells about courses and numbers, never about a person.
 */
export function reportPage(report: Report, { colour, logo }: ReportPageOptions = {}): string {
  const style = reportStyle(colour);
  const hash = createHash('sha256').update(style).digest('base64');
  const head = html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Credentials in SEEK Pass – ${report.institution}</title>
<link rel="icon" href="data:,">
`;
  const body = html`
</head>
<body>
<header><div>${logo !== undefined && html`<img src="data:${logo.type};base64,${Buffer.from(logo.bytes).toString('base64')}" alt="">`}<span dir="auto">${report.institution}</span></div></header>
<main>
<h1>Credentials in SEEK Pass</h1>
<p class="lead">${dayText(report.from)} to ${dayText(report.to)}, by ${report.by}.</p>
${keyFigures(report)}
${chartOf(report, 'journey', 'Issued, started and added', journey)}
${chartOf(report, 'others', 'What else happened', others, true)}
${standing(report)}
${numbers(report)}
${howToRead(report)}
</main>
<footer><p>Made on ${momentText(report.madeAt, report.timeZone)} by seek-pass-kit. Days are those of ${report.timeZone}.</p></footer>
</body>
</html>
`;
  // The one place where something is not escaped: the style sheet is ours, and quotes in it must stay quotes.
  return `${head.toString()}<style>${style}</style>${body.toString()}`;
}

function keyFigures({ total, now, timeZone }: Report): Html {
  const waiting = now.awards['ready'] ?? 0;
  const longest =
    now.waitingSince === undefined ? '' : `, the longest since ${momentDay(now.waitingSince, timeZone)}`;
  const tiles: ReadonlyArray<readonly [name: string, value: string, note: string]> = [
    ['Issued', numberText(total.happened.issued), 'in these days'],
    ['Added', numberText(total.happened.added), 'in these days, issued whenever'],
    ['Claim rate', shareText(total.claimRate), 'of those issued in these days, in the wallet now'],
    [
      'Usual wait',
      waitText(total.halfAddedWithinMs),
      'or less, from issued to added, for half of those that were added',
    ],
    ['Waiting today', numberText(waiting), `for their learners${longest}`],
  ];
  return html`<section aria-label="Key figures"><dl class="tiles">${tiles.map(
    ([name, value, note]) => html`<div><dt>${name}</dt><dd><b>${value}</b> <span>${note}</span></dd></div>`,
  )}</dl></section>`;
}

const journey = ['issued', 'started', 'added'] as const;
const others = ['declined', 'expired', 'closed', 'rejected', 'withdrawn'] as const;

/** A chart of what happened at all of these milestones; a sentence when nothing did. */
function chartOf(
  report: Report,
  id: string,
  heading: string,
  all: readonly Milestone[],
  stacked = false,
): Html {
  const { happened } = report.total;
  const some = all.filter((milestone) => happened[milestone] > 0);
  if (some.length === 0) {
    return html`<section><h2>${heading}</h2><p>Nothing was ${listOf(all)} in these days.</p></section>`;
  }
  const shown = stacked ? some : all;
  const figures = shown.map((milestone) => `${numberText(happened[milestone])} ${milestone}`).join(', ');
  return figure(report, id, `${heading} by ${report.by}`, shown, `In all ${figures}.`, stacked);
}

function listOf(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);
}

function figure(
  report: Report,
  id: string,
  heading: string,
  shown: readonly Milestone[],
  description: string,
  stacked = false,
): Html {
  const { periods, by } = report;
  const series: Series[] = shown.map((milestone) => ({
    name: milestoneNames[milestone],
    className: milestone,
    values: periods.map(({ happened }) => happened[milestone]),
  }));
  const labels = periods.map((period) => axisText(period, by));
  return html`<section class="keep"><h2 id="${id}-heading">${heading}</h2><figure>
${legend(series)}
<div class="scroll" role="region" aria-label="${heading}: chart" tabindex="0">${columnsChart({ id, title: heading, description, labels, series, stacked })}</div>
<figcaption>${description} <a href="#numbers">The same numbers as a table</a></figcaption>
</figure></section>`;
}

function legend(entries: readonly Pick<Series, 'name' | 'className'>[]): Html {
  return html`<ul class="legend">${entries.map(
    ({ name, className }) =>
      html`<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="${className}" x="0.5" y="0.5" width="11" height="11"/></svg>${name}</li>`,
  )}</ul>`;
}

function standing(report: Report): Html | undefined {
  const { groups, group } = report;
  if (groups.length === 0) return undefined;
  const by = group === 'course' ? 'course' : 'credential type';
  return html`<section><h2 id="standing">Where the awards issued in these days stand now, by ${by}</h2>
${coursesTable(report, legend)}
</section>`;
}

function numbers(report: Report): Html {
  const { by, group, groups } = report;
  return html`<section><h2 id="numbers">The numbers by ${by}</h2>${periodsTable(report, (period) => periodText(period, by))}</section>
${groups.length > 0 && html`<section><h2>The numbers by ${group === 'course' ? 'course' : 'credential type'}</h2>${groupsTable(report)}</section>`}`;
}

function howToRead({ timeZone }: Report): Html {
  return html`<section class="notes"><h2>How to read this report</h2>
<dl>${milestones.map((milestone) => html`<div><dt>${milestoneNames[milestone]}</dt><dd>${milestoneMeanings[milestone]}</dd></div>`)}
<div><dt>Claim rate</dt><dd>Of the awards issued in these days, the share that is in the wallet now. Withdrawn and replaced awards are left out.</dd></div></dl>
<ul>
<li>Every award counts once for each of these, on the day when it first happened. What came to light by asking SEEK Pass counts on the day when it was asked, in ${timeZone}.</li>
<li>“Expired” and “closed” are what can be concluded. SEEK Pass uses one word for a learner who canceled and for a time that ran out, so nobody should be told that they declined because of this report.</li>
<li>Awards of people whose data was erased since stay counted. Nothing about them is kept here.</li>
<li>This page names no person. Where a course has few learners, its numbers can still tell something about one of them to those who know the course: give it to those who may know.</li>
</ul></section>`;
}

function momentText(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(at);
}

function momentDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium' }).format(at);
}
