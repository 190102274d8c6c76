import { onTestFinished } from 'vitest';
import type { DueReport } from '../../src/due-work.ts';
import { createHost, type Host, type HostOptions } from '../../src/node/host.ts';
import type { HostLogEntry } from '../../src/node/host-log.ts';
import type { WebHandler } from '../../src/node/node-listener.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';

/** As long as the token of a claim link. */
export const sampleToken = 'q'.repeat(43);

/** What a run of the work says that found nothing to do. */
export const idleReport: DueReport = {
  jobs: { done: 0, retried: 0, dead: 0, lost: 0, ended: 'nothing_due' },
  polling: { asked: 0, calls: 0, events: [], ended: 'nothing_due' },
};

export const samplePage: WebHandler = async () => new Response('page');

/** A host on a free port with everything it logs; it closes when the test ends. */
export async function openHost(
  change: Partial<HostOptions> = {},
): Promise<{ readonly host: Host; readonly log: HostLogEntry[] }> {
  const log: HostLogEntry[] = [];
  const host = await createHost({
    routes: [{ path: '/claim', handler: samplePage }],
    origin: 'https://credentials.example.edu',
    port: 0,
    health: { store: createMemoryStore(), issuers: ['default'] },
    logger: (entry) => log.push(entry),
    drainMs: 0,
    ...change,
  });
  onTestFinished(() => host.close());
  return { host, log };
}

/** A store in memory whose queue is asked through `backlog`. */
export function storeWithBacklog(
  backlog: (ask: Store['jobs']['backlog']) => Store['jobs']['backlog'],
): Store {
  const memory = createMemoryStore();
  return {
    ...memory,
    jobs: { ...memory.jobs, backlog: backlog((issuers, now) => memory.jobs.backlog(issuers, now)) },
  };
}
