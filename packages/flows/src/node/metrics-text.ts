import type { Counter } from './counter.ts';

/** One metric, as Prometheus reads it. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  /** Names of the labels of each value. */
  readonly labels?: readonly string[];
  readonly values: Iterable<readonly [labels: readonly string[], value: number]>;
}

/** A metric without labels. */
export function single(name: string, type: Metric['type'], help: string, value: number): Metric {
  return { name, help, type, values: [[[], value]] };
}

/** A metric that counts up. */
export function counted(
  name: string,
  help: string,
  counter: Counter,
  labels: readonly string[] = [],
): Metric {
  return { name, help, type: 'counter', labels, values: counter.values() };
}

/** The text format of Prometheus, version 0.0.4. */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics.map(metricText).join('');
}

function metricText({ name, help, type, labels = [], values }: Metric): string {
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
  for (const [of, value] of values) {
    const pairs = labels.map((label, at) => `${label}="${escaped(of[at] ?? '')}"`);
    lines.push(`${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
