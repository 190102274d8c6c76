/** One client in a process of its own, as it would run: no other client's code, garbage or collections beside it. */
import { clients, inFlight } from './clients.mjs';
import { runInFlight } from './measure.mjs';

const [name, origin] = process.argv.slice(2);
const call = await clients[name](origin);

/** Answers a number of calls with the CPU microseconds, user and system, that one of them cost. */
process.on('message', async (calls) => {
  const before = process.cpuUsage();
  await runInFlight(call, calls, inFlight);
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / calls);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
