import type { INestApplicationContext } from '@nestjs/common';
import type { RunReport } from '@seek-pass-kit/flows';
import { getRegistrationToken } from '../injection/tokens.ts';
import type { Registration } from '../registration/registration.ts';

/** What {@link runDue} could not do: jobs that failed, such as a handler that threw. */
export interface FailedWork {
  /** They are tried again later: move the clock. */
  readonly retried: number;
  /** They were given up. */
  readonly dead: number;
}

/** The clock stands: it does not end before everything is done. */
const budgetMs = 60_000;

/** Does everything that is due in a registration, and what comes of it, until nothing is left. An application that has not started is started. */
export async function runDue(app: INestApplicationContext, name?: string): Promise<FailedWork> {
  // Handlers are found when the application starts.
  await app.init();
  const { addFlow, verifyFlow, inbox } = app.get<Registration>(getRegistrationToken(name), { strict: false });
  const parts = [addFlow, verifyFlow, inbox].filter((part) => part !== undefined);
  const failed = { retried: 0, dead: 0 };
  for (;;) {
    let busy = false;
    for (const part of parts) {
      const report = await part.runDue({ budgetMs });
      const jobs: RunReport = 'jobs' in report ? report.jobs : report;
      const asked = 'polling' in report ? report.polling.asked : 0;
      failed.retried += jobs.retried;
      failed.dead += jobs.dead;
      busy ||= jobs.done + jobs.retried + jobs.dead + asked > 0;
    }
    if (!busy) return failed;
  }
}
