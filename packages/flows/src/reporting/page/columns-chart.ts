import { type Html, html } from '../../pages/html.ts';
import { numberText } from '../wording.ts';

/** One kind of column: its name in the legend, the class that colours it, and a number for each place on the axis. */
export interface Series {
  readonly name: string;
  readonly className: string;
  readonly values: readonly number[];
}

/** What a chart shows. */
export interface ColumnsChart {
  /** Names its elements; unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What somebody learns who cannot see it: the numbers that matter, in one or two sentences. */
  readonly description: string;
  /** Below the columns. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** On top of each other instead of side by side. */
  readonly stacked?: boolean;
}

const width = 720;
const height = 260;
const frame = { left: 52, right: 8, top: 12, bottom: 28 };
const plotWidth = width - frame.left - frame.right;
const plotHeight = height - frame.top - frame.bottom;
/** Labels that fit side by side. */
const mostLabels = 13;

/** Draws columns over time. Sizes are those of the drawing; it scales to the width of the page. */
export function columnsChart(chart: ColumnsChart): Html {
  const { id, title, description, labels, stacked = false } = chart;
  const totals = labels.map((_, at) => chart.series.map(({ values }) => values[at] ?? 0));
  const highest = Math.max(1, ...totals.map((values) => (stacked ? sum(values) : Math.max(...values))));
  const step = niceStep(highest / 4);
  const top = Math.ceil(highest / step) * step;
  const y = (value: number) => round(frame.top + plotHeight * (1 - value / top));
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, at) => at * step);
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>
${ticks.map(
  (value) =>
    html`<line class="grid" x1="${frame.left}" x2="${width - frame.right}" y1="${y(value)}" y2="${y(value)}"/><text class="tick" x="${frame.left - 8}" y="${y(value) + 4}" text-anchor="end">${numberText(value)}</text>`,
)}
${columnsOf(chart, stacked, y)}
${labelsOf(labels)}
</svg>`;
}

function columnsOf({ labels, series }: ColumnsChart, stacked: boolean, y: (value: number) => number): Html[] {
  const slot = plotWidth / labels.length;
  const group = slot * 0.76;
  const column = stacked ? Math.min(group, 40) : Math.min(group / series.length, 22);
  const groupWidth = stacked ? column : column * series.length;
  return labels.flatMap((_, at) => {
    const left = frame.left + slot * at + (slot - groupWidth) / 2;
    let below = 0;
    return series.flatMap(({ className, values }, place) => {
      const value = values[at] ?? 0;
      if (value === 0) return [];
      const base = stacked ? below : 0;
      below += value;
      const from = y(base + value);
      const x = stacked ? left : left + place * column;
      return html`<rect class="${className}" x="${round(x)}" y="${from}" width="${round(column)}" height="${round(Math.max(1, y(base) - from))}"/>`;
    });
  });
}

function labelsOf(labels: readonly string[]): Html[] {
  const slot = plotWidth / labels.length;
  const every = Math.ceil(labels.length / mostLabels);
  return labels.flatMap((label, at) =>
    at % every === 0
      ? html`<text class="tick" x="${round(frame.left + slot * (at + 0.5))}" y="${height - 8}" text-anchor="middle">${label}</text>`
      : [],
  );
}

/** 1, 2 or 5 times a power of ten, and at least 1: awards are whole. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return Math.max(1, step * power);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
