import { prometheusName, type Reading, seriesOf } from './metric.ts';

/** Readings in the text format of Prometheus, version 0.0.4. */
export function prometheusText(readings: readonly Reading[]): string {
  return readings.map(readingText).join('');
}

function readingText(reading: Reading): string {
  const { kind, help } = reading.of;
  const name = prometheusName(reading.of);
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`];
  for (const { part, labels, values } of seriesOf(reading)) {
    const series = part === '' ? name : `${name}_${part}`;
    for (const [of, value] of values) {
      const pairs = labels.map((label, at) => `${label}="${escaped(of[at] ?? '')}"`);
      lines.push(`${series}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
