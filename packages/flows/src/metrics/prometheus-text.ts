import { prometheusName, type Reading, seriesOf } from './metric.ts';

/** Readings in the text format of Prometheus, version 0.0.4, each with `constant` labels besides its own. */
export function prometheusText(
  readings: readonly Reading[],
  constant: Readonly<Record<string, string>> = {},
): string {
  return readings.map((reading) => readingText(reading, Object.entries(constant))).join('');
}

function readingText(reading: Reading, constant: ReadonlyArray<readonly [string, string]>): string {
  const { kind, help } = reading.of;
  const name = prometheusName(reading.of);
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`];
  for (const { part, labels, values } of seriesOf(reading)) {
    const series = part === '' ? name : `${name}_${part}`;
    for (const [of, value] of values) {
      const all = [...constant, ...labels.map((label, at) => [label, of[at] ?? ''] as const)];
      const pairs = all.map(([label, text]) => `${label}="${escaped(text)}"`);
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

/**
 * Texts of several hosts as one, each metric with its help and its type once, as the format demands:
 * `joinPrometheus([await one.prometheus(), await other.prometheus()])`. Give each host `labels` of its own.
 */
export function joinPrometheus(texts: readonly string[]): string {
  const series = new Map<string, string>();
  for (const block of texts.flatMap((text) => text.split(/^(?=# HELP )/m))) {
    const [head = ''] = /^# HELP .*\n# TYPE .*\n/.exec(block) ?? [];
    series.set(head, (series.get(head) ?? '') + block.slice(head.length));
  }
  return [...series].map(([head, lines]) => head + lines).join('');
}
