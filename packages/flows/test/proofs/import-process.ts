/** Imports the first `argv[2]` awards of the class list in one run and says what came out. */
import { classList } from './class-list.ts';
import { openFlow } from './flow-settings.ts';
import { say, settingsOfProcess } from './process-line.ts';

const { flow, close } = await openFlow(settingsOfProcess());
const counts: Record<string, number> = {};
say({ importing: true });
for await (const { result } of flow.awardMany(classList(Number(process.argv[2])), {
  runId: 'import',
  who: 'system',
})) {
  counts[result] = (counts[result] ?? 0) + 1;
}
say({ counts });
await close();
