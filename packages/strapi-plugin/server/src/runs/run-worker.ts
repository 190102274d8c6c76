import { checkRun } from './check-run.ts';
import { issueRun } from './issue-run.ts';
import { findRunStaff } from './run-staff.ts';
import { RunTakenAway } from './run-store.ts';
import type { StoredRun } from './run-tables.ts';
import { openRunTools, type RunTools } from './run-tools.ts';
import { notPermitted } from './run-rows.ts';

/** Thrown after a piece when the worker is to end: somebody else goes on. */
class WorkEnds extends Error {
  override readonly name = 'WorkEnds';
}

/** Works on runs in this process, one at a time. Any number of processes may: each run is leased to one of them. */
export interface RunWorker {
  /** Works until no run is due. Never rejects. */
  run(): Promise<void>;
  /** Ends after the piece that is on. */
  drain(): Promise<void>;
}

type Base = Pick<RunTools, 'strapi' | 'connection' | 'runs' | 'imports'>;

/** @param open what to work with now; `undefined` while the plugin is not connected. */
export function createRunWorker(
  open: () => Base | undefined,
  {
    onFailure,
    sentenceOf,
  }: {
    /** Told what kept a run from going on; nothing personal is in its name. */
    readonly onFailure: (error: unknown) => void;
    /** What to tell staff of an error that is theirs to mend; `undefined` when it may mend itself. */
    readonly sentenceOf: (error: unknown) => string | undefined;
  },
): RunWorker {
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  let again = false;

  const workOn = async (base: Base, run: StoredRun): Promise<boolean> => {
    try {
      const tools = await openRunTools(
        {
          ...base,
          pieceDone() {
            if (ending.signal.aborted) throw new WorkEnds('The worker ends.');
          },
        },
        run,
      );
      if (run.state === 'issuing') await issueRun(tools, run);
      else {
        const staff = await findRunStaff(base.strapi, run.who);
        if (staff === undefined) await fail(base, run, `${notPermitted.message}.`);
        else await checkRun(tools, run, staff);
      }
      return true;
    } catch (error) {
      if (error instanceof RunTakenAway) return true;
      if (error instanceof WorkEnds) {
        await base.runs.write(run, { leasedUntil: 0 });
        return false;
      }
      const sentence = sentenceOf(error);
      if (sentence !== undefined) {
        await fail(base, run, sentence);
        return true;
      }
      // Its lease ends in a while, and it is tried again.
      onFailure(error);
      return false;
    }
  };

  const all = async (): Promise<void> => {
    do {
      again = false;
      const base = open();
      if (base === undefined) return;
      try {
        const run = await base.runs.claim(base.connection.addFlow.context.clock.now());
        if (run !== undefined) again = (await workOn(base, run)) || again;
      } catch (error) {
        onFailure(error);
        return;
      }
    } while (again && !ending.signal.aborted);
  };

  return {
    run() {
      if (ending.signal.aborted) return running ?? Promise.resolve();
      again = true;
      running ??= all().finally(() => {
        running = undefined;
      });
      return running;
    },
    async drain() {
      ending.abort();
      await running;
    },
  };
}

/** A person has to do something before it can be tried again. */
async function fail({ runs, connection }: Base, run: StoredRun, problem: string): Promise<void> {
  const endedAt = connection.addFlow.context.clock.now();
  await runs.write(run, { state: 'failed', problem, endedAt, leasedUntil: 0 });
}
