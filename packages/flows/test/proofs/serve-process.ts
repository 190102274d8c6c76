/** Serves the claim pages on the port `argv[2]` and does the work that is due, until it is killed. */
import { createHost } from '../../src/node/host.ts';
import { openFlow } from './flow-settings.ts';
import { say, settingsOfProcess } from './process-line.ts';
import { workWith } from './worker.ts';

const settings = settingsOfProcess();
const { flow, store } = await openFlow(settings, () => say({ mailing: true }));
await createHost({
  // Every learner comes from an address of their own.
  routes: [
    { path: '/claim', handler: flow.claimPages({ trustedProxies: ['127.0.0.1'], onError: complain }) },
  ],
  origin: new URL(settings.claimBaseUrl).origin,
  port: Number(process.argv[2]),
  health: { store, issuers: ['default'] },
  work: [workWith(flow, settings.leaseMs, (report) => say({ report }))],
  logger: (entry) => {
    if (entry.event === 'work_failed') say({ failed: entry.error });
  },
});
say({ serving: true });

function complain(error: unknown): void {
  say({ failed: error instanceof Error ? error.name : 'unknown' });
}
