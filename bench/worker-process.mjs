/**
 * One worker in a process of its own: polls what is due, or calls SEEK Pass as often as the shared quota lets it. Told what to do by
 * messages, so that all workers begin together.
 */
import { sharedQuota } from '@seek-pass-kit/flows';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import { benchClient, clientId } from './client.mjs';
import { openFlow } from './flow.mjs';

const { connectionString, origin, secrets, perSecond } = JSON.parse(process.argv[2]);
const store = await openPostgresStore({ connectionString, schema: 'bench', migrations: 'check' });
const quota = perSecond === undefined ? {} : { quota: sharedQuota({ store, clientId, perSecond }) };
const seekPass = benchClient(origin, quota);
const flow = await openFlow({ seekPass, store, secrets });

const tasks = {
  /** Asks about everything that is due; gives how many that were. */
  async poll() {
    const { asked, ended, error } = await flow.poll({ budgetMs: 600_000 });
    if (ended !== 'nothing_due') throw new Error(`Polling ended with ${ended}: ${error?.code}`);
    return asked;
  },
  /** Asks for statuses again and again until then, several at once; gives how many calls that were. */
  async call({ until, inFlight }) {
    let calls = 0;
    const lane = async () => {
      while (Date.now() < until) {
        calls += 1;
        await seekPass.statuses([`bench-${calls}`], { lane: 'polling' });
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    return calls;
  },
};

process.on('message', async ({ task, options }) => process.send?.(await tasks[task](options)));
process.on('disconnect', () => process.exit(0));
await seekPass.statuses(['bench-warm-up'], { lane: 'claims' });
process.send?.('ready');
