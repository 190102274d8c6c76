import { type MetricDefinition, type Reading, type Series, seriesOf } from './metric.ts';

/** An instrument of OpenTelemetry; only handed on. */
type Instrument = object;

interface InstrumentOptions {
  readonly description?: string;
  readonly unit?: string;
}

type BatchCallback = (result: {
  observe(instrument: Instrument, value: number, attributes?: Record<string, string>): void;
}) => Promise<void>;

interface Meter {
  createObservableGauge(name: string, options?: InstrumentOptions): Instrument;
  createObservableCounter(name: string, options?: InstrumentOptions): Instrument;
  addBatchObservableCallback(callback: BatchCallback, instruments: Instrument[]): void;
  removeBatchObservableCallback(callback: BatchCallback, instruments: Instrument[]): void;
}

/**
 * The part of `@opentelemetry/api` that metrics need, so that this compiles without it. Pass the module itself:
 * `import * as api from '@opentelemetry/api'`.
 */
export interface MetricsApi {
  readonly metrics: { getMeter(name: string): Meter };
}

const scopeName = '@seek-pass-kit/flows';

/**
 * Makes an instrument of each definition; whenever the SDK collects, it is told what `read` reads, each with `constant` labels besides its
 * own. The returned function ends that.
 */
export function observe(
  { metrics }: MetricsApi,
  definitions: readonly MetricDefinition[],
  read: () => Promise<readonly Reading[]>,
  constant: Readonly<Record<string, string>> = {},
): () => void {
  const meter = metrics.getMeter(scopeName);
  const instruments = new Map<string, Instrument>();
  for (const definition of definitions) {
    for (const part of partsOf(definition)) {
      instruments.set(nameOf(definition, part), instrumentOf(meter, definition, part));
    }
  }
  const callback: BatchCallback = async (result) => {
    for (const reading of await read()) {
      for (const { part, labels, values } of seriesOf(reading)) {
        const instrument = instruments.get(nameOf(reading.of, part));
        if (instrument === undefined) continue;
        for (const [of, value] of values)
          result.observe(instrument, value, { ...constant, ...attributesOf(labels, of) });
      }
    }
  };
  const all = [...instruments.values()];
  meter.addBatchObservableCallback(callback, all);
  return () => meter.removeBatchObservableCallback(callback, all);
}

function partsOf({ kind }: MetricDefinition): ReadonlyArray<Series['part']> {
  return kind === 'histogram' ? ['bucket', 'sum', 'count'] : [''];
}

/** A histogram of what is so now cannot be observed as one: its counts go out one by one, under the names they have at Prometheus. */
function nameOf({ name, unit }: MetricDefinition, part: Series['part']): string {
  return part === '' ? name : `${name}${unit === 's' ? '_seconds' : ''}.${part}`;
}

function instrumentOf(meter: Meter, definition: MetricDefinition, part: Series['part']): Instrument {
  const name = nameOf(definition, part);
  const { kind, help: description, unit } = definition;
  const options = { description, ...(unit === undefined || part !== '' ? {} : { unit }) };
  return kind === 'counter'
    ? meter.createObservableCounter(name, options)
    : meter.createObservableGauge(name, options);
}

function attributesOf(labels: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(labels.map((label, at) => [label, values[at] ?? '']));
}
