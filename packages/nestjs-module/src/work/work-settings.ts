import { ConfigurationError } from '@seek-pass-kit/core';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';

/** What a worker is told by its setting. */
export interface WorkerPlan {
  /** Whether jobs are done in this process. */
  readonly wanted: boolean;
  readonly graceMs: number;
}

/** @throws {ConfigurationError} `invalid_configuration`. */
export function readWorker(setting: SeekPassModuleOptions['worker']): WorkerPlan {
  if (setting === false) return { wanted: false, graceMs: 0 };
  const { graceMs = 20_000 } = setting ?? {};
  if (Number.isFinite(graceMs) && graceMs >= 0) return { wanted: true, graceMs };
  throw new ConfigurationError(
    'worker.graceMs must be a number of milliseconds from 0, such as 20000. Correct it.',
  );
}

/** @throws {ConfigurationError} `invalid_configuration`. */
export function readMetricsPort(setting: SeekPassModuleOptions['metrics']): number | undefined {
  const port = setting?.port;
  if (port === undefined || (Number.isInteger(port) && port >= 0 && port <= 65_535)) return port;
  throw new ConfigurationError('metrics.port must be a whole number from 0 to 65535. Correct it.');
}
