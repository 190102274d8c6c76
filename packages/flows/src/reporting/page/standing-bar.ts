import type { AwardState } from '../../awards/award-facts.ts';
import { type Html, html } from '../../pages/html.ts';
import type { ReportFigures } from '../report.ts';
import { numberText } from '../wording.ts';

/** What a part of a bar is called, the class that colours it, and the states in it. */
export const standingParts: ReadonlyArray<{
  readonly name: string;
  readonly className: string;
  readonly states: readonly AwardState[];
}> = [
  { name: 'in the wallet', className: 'added', states: ['added'] },
  { name: 'started, not finished', className: 'started', states: ['submitted'] },
  { name: 'waiting for the learner', className: 'issued', states: ['ready'] },
  { name: 'declined or closed', className: 'declined', states: ['declined', 'closed'] },
  { name: 'rejected by SEEK Pass', className: 'rejected', states: ['rejected'] },
  {
    name: 'withdrawn, replaced or erased',
    className: 'withdrawn',
    states: ['withdrawn', 'superseded', 'erased'],
  },
];

const width = 300;
const height = 16;

/** A bar of where awards stand now: all of them are its whole length. */
export function standingBar(standing: ReportFigures['standing']): Html {
  const parts = standingParts.map(({ name, className, states }) => ({
    name,
    className,
    count: states.reduce((sum, state) => sum + standing[state], 0),
  }));
  const shown = parts.filter(({ count }) => count > 0);
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  const label = shown.map(({ name, count }) => `${numberText(count)} ${name}`).join(', ');
  let left = 0;
  const rects = shown.map(({ className, count }) => {
    const length = (width * count) / all;
    const rect = html`<rect class="${className}" x="${rounded(left)}" y="0.5" width="${rounded(length)}" height="${height - 1}"/>`;
    left += length;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${label}">${rects}</svg>`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
