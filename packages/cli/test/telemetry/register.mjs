/** What an operator loads before the program: an SDK of OpenTelemetry that writes the names of what it is told into a file. */
import { appendFileSync } from 'node:fs';
import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';

const exporter = {
  export({ scopeMetrics }, done) {
    for (const { scope, metrics: told } of scopeMetrics) {
      for (const { descriptor, dataPoints } of told) {
        for (const { value, attributes } of dataPoints) {
          const line = JSON.stringify({ scope: scope.name, name: descriptor.name, value, attributes });
          appendFileSync(process.env.SEEK_PASS_TEST_TOLD, `${line}\n`);
        }
      }
    }
    done({ code: 0 });
  },
  selectAggregationTemporality: () => AggregationTemporality.CUMULATIVE,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};

metrics.setGlobalMeterProvider(
  new MeterProvider({
    readers: [
      new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 500, exportTimeoutMillis: 400 }),
    ],
  }),
);
