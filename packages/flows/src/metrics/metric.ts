/**
 * What one metric is. Prometheus and OpenTelemetry are both written from it, so that a dashboard made for the one fits the
 * other.
 */
export interface MetricDefinition {
  /** As OpenTelemetry calls it: `seek_pass.awards`. */
  readonly name: string;
  /** One sentence for whoever reads a graph of it. */
  readonly help: string;
  /** A `histogram` tells how something is spread at this moment, so its counts go down too: use no `rate()` on it. */
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** Absent: a number of things. */
  readonly unit?: 's' | 'By';
  readonly labels: readonly string[];
}

/** One value of a metric, with the values of its labels in the order of their names. */
export type Measured = readonly [labels: readonly string[], value: number];

/** How something is spread. */
export interface Spread {
  /** How many are at or below each bound, ascending; without the bound that all are below. */
  readonly atMost: ReadonlyArray<readonly [bound: number, count: number]>;
  readonly sum: number;
  readonly count: number;
}

/** A metric as it stands. */
export type Reading =
  | { readonly of: MetricDefinition; readonly values: Iterable<Measured> }
  | { readonly of: MetricDefinition; readonly spread: Spread };

/** A reading of a metric without labels. */
export function one(of: MetricDefinition, value: number): Reading {
  return { of, values: [[[], value]] };
}

const unitSuffix = { s: '_seconds', By: '_bytes' } as const;

/** What Prometheus calls a metric, by the rule with which OpenTelemetry's collector translates names. */
export function prometheusName({ name, kind, unit }: MetricDefinition): string {
  const total = kind === 'counter' ? '_total' : '';
  return `${name.replaceAll('.', '_')}${unit === undefined ? '' : unitSuffix[unit]}${total}`;
}

/** A series of numbers: a histogram is three of them. */
export interface Series {
  /** Behind the name of the metric: `.bucket`, `.sum`, `.count`, or nothing. */
  readonly part: '' | 'bucket' | 'sum' | 'count';
  readonly labels: readonly string[];
  readonly values: Iterable<Measured>;
}

/** The series of a reading, counts at or below a bound labelled `le` as Prometheus reads them. */
export function seriesOf(reading: Reading): Series[] {
  if ('values' in reading) return [{ part: '', labels: reading.of.labels, values: reading.values }];
  const { atMost, sum, count } = reading.spread;
  const bounds = atMost.map(([bound, below]): Measured => [[String(bound)], below]);
  return [
    { part: 'bucket', labels: ['le'], values: [...bounds, [['+Inf'], count]] },
    { part: 'sum', labels: [], values: [[[], sum]] },
    { part: 'count', labels: [], values: [[[], count]] },
  ];
}
