import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { metrics } from '../../src/metrics/definitions.ts';
import { type MetricDefinition, prometheusName } from '../../src/metrics/metric.ts';

const root = new URL('../../', import.meta.url);
const run = promisify(execFile);
/** Of Debian's package `prometheus`. */
const promtool = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);
const read = (path: string) => readFile(new URL(path, root), 'utf8');

const definitions: readonly MetricDefinition[] = Object.values(metrics);
/** What a process writes: a histogram is three series, and `le` is a label of its buckets. */
const written = new Map(
  definitions.flatMap((of): Array<[name: string, labels: readonly string[]]> => {
    const name = prometheusName(of);
    if (of.kind !== 'histogram') return [[name, of.labels]];
    return [
      [`${name}_bucket`, ['le']],
      [`${name}_sum`, []],
      [`${name}_count`, []],
    ];
  }),
);

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly targets?: ReadonlyArray<{ readonly expr: string }>;
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly action: string };
}

const dashboard = JSON.parse(await read('grafana/seek-pass.json')) as {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: ReadonlyArray<{ readonly definition?: string }> };
};
const rules = (
  parse(await read('grafana/alerts.yaml')) as { groups: ReadonlyArray<{ rules: Rule[] }> }
).groups.flatMap((group) => group.rules);
const page = await read('../../apps/docs/docs/flows/watching.md');

const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const queries = [
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }): [string, string] => [title, expr])),
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
];

/** The metrics of a query with the labels that it asks for; throws when Prometheus could not read it. */
function selectorsOf(query: string): Array<{ readonly metric: string; readonly labels: readonly string[] }> {
  const text = query.replaceAll('$__rate_interval', '5m');
  const found: Array<{ metric: string; labels: string[] }> = [];
  parser.parse(text).iterate({
    enter({ name, from, to }) {
      if (name === '⚠') throw new Error(`Not PromQL at ${from}: ${text}`);
      const part = text.slice(from, to);
      if (name === 'VectorSelector') found.push({ metric: /^\w+/.exec(part)?.[0] ?? '', labels: [] });
      if (name === 'LabelName' && !insideGrouping(text, from)) found.at(-1)?.labels.push(part);
    },
  });
  return found;
}

/** Whether a label stands in `by (…)` or `on (…)`, not in a selector. */
function insideGrouping(text: string, at: number): boolean {
  return text.lastIndexOf('(', at) > text.lastIndexOf('{', at);
}

/** The labels by which a query groups. */
function groupsOf(query: string): string[] {
  return [...query.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
}

describe('the dashboard and the alert rules', () => {
  test('ask for something', () => {
    expect(panels.length).toBeGreaterThan(20);
    expect(rules.length).toBeGreaterThan(15);
  });

  test.each(queries)('%s asks only for metrics that are written, by labels that they have', (_, query) => {
    const selectors = selectorsOf(query);
    expect(selectors.length).toBeGreaterThan(0);
    const labels = new Set(['job', 'instance']);
    for (const { metric, labels: asked } of selectors) {
      const known = written.get(metric);
      expect([metric, known]).toEqual([metric, expect.any(Array)]);
      for (const label of known ?? []) labels.add(label);
      expect(asked.filter((label) => !['job', ...(known ?? [])].includes(label))).toEqual([]);
    }
    expect(groupsOf(query).filter((label) => !labels.has(label))).toEqual([]);
  });

  test.each(queries)('%s takes a rate of counters alone', (_, query) => {
    for (const [, metric = ''] of query.matchAll(/\b(?:rate|increase)\((\w+)/g)) {
      expect(definitions.find((of) => prometheusName(of) === metric)?.kind).toBe('counter');
    }
  });

  test('leave no metric out: each is in a panel', () => {
    const shown = new Set(
      panels.flatMap(({ targets = [] }) =>
        targets.flatMap(({ expr }) => selectorsOf(expr).map(({ metric }) => metric)),
      ),
    );
    const parts = ['', '_bucket'];
    const missing = definitions
      .map((of) => prometheusName(of))
      .filter((name) => !parts.some((part) => shown.has(name + part)));
    expect(missing).toEqual([]);
  });

  test.skipIf(!promtool)('fire when they must and not otherwise, says Prometheus itself', async () => {
    const cases = fileURLToPath(new URL('alerts.promtool.yaml', import.meta.url));
    const { stdout } = await run('promtool', ['test', 'rules', cases]);
    expect(stdout).toContain('SUCCESS');
  });

  test('are explained: each panel says what it shows, each alert what to do, and the page what each alert means', () => {
    expect(panels.filter(({ description = '' }) => description === '')).toEqual([]);
    expect(rules.filter(({ annotations }) => !annotations.summary || !annotations.action)).toEqual([]);
    const told = [...page.matchAll(/^\| `(SeekPass\w+)` \|/gm)].map(([, alert]) => alert);
    expect(told).toEqual(rules.map(({ alert }) => alert));
  });
});

describe("the operator's page", () => {
  const [, section = ''] = page.split('\n## Metrics\n');
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([a-z_0-9]+)` \|([^|]*)\|/gm)].map(
    ([, name = '', labels = '']): [string, string[]] => [
      name,
      [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
    ],
  );

  test('has every metric with its labels, and no other', () => {
    expect(new Map(rows)).toEqual(
      new Map(
        definitions.map((of) => [prometheusName(of), of.kind === 'histogram' ? ['le'] : [...of.labels]]),
      ),
    );
  });
});
