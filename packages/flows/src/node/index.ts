export { createFrontDoor, type FrontDoor, type MountedRoute, type RouteOwner } from './front-door.ts';
export type { HealthOptions } from './health.ts';
export { createHost, type Host, type HostOptions } from './host.ts';
export { errorName, type HostLogEntry, type HostLogger } from './host-log.ts';
export { levelOf, logTo, type LogSink } from './log-to.ts';
export { createMetrics, type HostMetrics, type MetricsOptions } from './host-metrics.ts';
export { createHostRecord, type HostRecord, type SeekPassState } from './host-record.ts';
export {
  type Connection,
  type NodeListener,
  type NodeListenerOptions,
  toNodeListener,
  type WebHandler,
} from './node-listener.ts';
export { redactClaimPath } from './redact-claim-path.ts';
export type { HostRoute } from './routes.ts';
export type { Work } from './work-loop.ts';
export type { MetricsApi } from '../metrics/open-telemetry.ts';
