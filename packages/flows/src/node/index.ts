export { createFrontDoor, type FrontDoor, type MountedRoute, type RouteOwner } from './front-door.ts';
export {
  createHealth,
  type HealthOptions,
  type HealthSources,
  type Readiness,
  type ReadinessDetails,
} from './health.ts';
export { createHost, type Host, type HostOptions } from './host.ts';
export { errorName, type HostLogEntry, type HostLogger } from './host-log.ts';
export { levelOf, logTo, type LogSink } from './log-to.ts';
export { createMetrics, type HostMetrics, type MetricsOptions } from './host-metrics.ts';
export {
  createHostRecord,
  type HostRecord,
  type SeekPassSeen,
  type SeekPassState,
} from './host-record.ts';
export { type MetricsServer, type MetricsServerOptions, openMetricsServer } from './metrics-server.ts';
export type { Connection } from '../connection.ts';
export type { PlainAnswer, PlainHandler, PlainRequest } from '../plain-request.ts';
export {
  type NodeListener,
  type NodeListenerOptions,
  toNodeListener,
  type WebHandler,
} from './node-listener.ts';
export { redactClaimPath } from './redact-claim-path.ts';
export type { HostRoute } from './routes.ts';
export type { WorkPart, WorkReport } from './work-loop.ts';
export { type FlowWorker, startWorker, type WorkerOptions } from './worker.ts';
export type { MetricsApi } from '../metrics/open-telemetry.ts';
export { joinPrometheus } from '../metrics/prometheus-text.ts';
