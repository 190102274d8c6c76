import { monitorEventLoopDelay } from 'node:perf_hooks';
import { metrics } from './definitions.ts';
import { one, type Reading } from './metric.ts';

/** Watches this process until `stop`. Each reading of the event loop is about the time since the one before. */
export function watchProcess(): { readonly read: () => Reading[]; readonly stop: () => void } {
  const delay = monitorEventLoopDelay();
  delay.enable();
  return {
    read() {
      const { user, system } = process.cpuUsage();
      const lag = delay.percentile(99) / 1e9;
      delay.reset();
      return [
        one(metrics.cpu, (user + system) / 1e6),
        one(metrics.memory, process.memoryUsage.rss()),
        one(metrics.startTime, Math.round(Date.now() / 1_000 - process.uptime())),
        one(metrics.eventLoopLag, lag),
      ];
    },
    stop: () => delay.disable(),
  };
}
