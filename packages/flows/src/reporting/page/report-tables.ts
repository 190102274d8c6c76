import { type Html, html } from '../../pages/html.ts';
import { milestones } from '../milestone.ts';
import type { Period } from '../periods.ts';
import type { MilestoneCounts, Report, ReportGroup } from '../report.ts';
import { groupName, milestoneNames, numberText, shareText, waitText } from '../wording.ts';
import { standingBar, standingParts } from './standing-bar.ts';

/** Groups that are drawn; all of them are in the table of numbers. */
const mostDrawn = 15;

/** Where the awards of each group stand, drawn. */
export function coursesTable(
  { groups, group }: Report,
  legend: (entries: typeof standingParts) => Html,
): Html {
  const drawn = groups.filter((one) => issuedOf(one) > 0).slice(0, mostDrawn);
  if (drawn.length === 0) return html`<p>None were issued in these days.</p>`;
  const left = groups.length - drawn.length;
  return html`${legend(standingParts)}
<div class="scroll" role="region" aria-labelledby="standing" tabindex="0"><table class="drawn">
<thead><tr><th scope="col">${group === 'course' ? 'Course' : 'Credential type'}</th><th scope="col">Where they stand</th><th scope="col" class="number">Issued</th><th scope="col" class="number">Claim rate</th><th scope="col" class="number">Usual wait</th></tr></thead>
<tbody>${drawn.map(
    (one) =>
      html`<tr><th scope="row" dir="auto">${groupName(one, groups, group === 'course')}</th><td>${standingBar(one.standing)}</td><td class="number">${numberText(issuedOf(one))}</td><td class="number">${shareText(one.claimRate)}</td><td class="number">${waitText(one.halfAddedWithinMs)}</td></tr>`,
  )}</tbody></table></div>
${left > 0 && html`<p class="quiet">${numberText(left)} more below, with fewer or none issued in these days.</p>`}`;
}

function issuedOf({ standing }: ReportGroup): number {
  return Object.values(standing).reduce((sum, count) => sum + count, 0);
}

/** What happened in each period. */
export function periodsTable({ periods, total, by }: Report, nameOf: (period: Period) => string): Html {
  const rows = periods.map((period) => ({ name: nameOf(period), counts: period.happened }));
  return numbersTable(
    'numbers',
    by === 'day' ? 'Day' : by === 'week' ? 'Week' : 'Month',
    rows,
    total.happened,
  );
}

/** What happened to each group. */
export function groupsTable({ groups, group, total }: Report): Html {
  const rows = groups.map((one) => ({
    name: groupName(one, groups, group === 'course'),
    counts: one.happened,
  }));
  return numbersTable('by-group', group === 'course' ? 'Course' : 'Credential type', rows, total.happened);
}

function numbersTable(
  id: string,
  first: string,
  rows: ReadonlyArray<{ readonly name: string; readonly counts: MilestoneCounts }>,
  total: MilestoneCounts,
): Html {
  return html`<div class="scroll" role="region" aria-label="${first}: numbers" tabindex="0"><table id="${id}-table">
<thead><tr><th scope="col">${first}</th>${milestones.map((milestone) => html`<th scope="col" class="number">${milestoneNames[milestone]}</th>`)}</tr></thead>
<tbody>${rows.map(({ name, counts }) => html`<tr><th scope="row" dir="auto">${name}</th>${cellsOf(counts)}</tr>`)}</tbody>
<tfoot><tr><th scope="row">In all</th>${cellsOf(total)}</tr></tfoot></table></div>`;
}

function cellsOf(counts: MilestoneCounts): Html[] {
  return milestones.map((milestone) => html`<td class="number">${numberText(counts[milestone])}</td>`);
}
