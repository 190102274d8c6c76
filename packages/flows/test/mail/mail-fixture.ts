import type { AwardInput } from '../../src/awards/award-input.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { runDue, type RunReport } from '../../src/jobs/runner.ts';
import { mailHandlers } from '../../src/mail/mail-handlers.ts';
import type { HistoryRow, MailRow, MailState } from '../../src/store/rows.ts';
import { type AddFlowFixture, microcredential, openAddFlow } from '../add-flow-fixture.ts';

/** An add flow, and what a test of mails asks it. */
export interface MailFixture extends AddFlowFixture {
  /** Does the mail jobs that are due. */
  readonly work: () => Promise<RunReport>;
  readonly rows: (state: MailState) => Promise<MailRow[]>;
  readonly history: (awardId: string) => Promise<string[]>;
  readonly lastHistory: (awardId: string) => Promise<HistoryRow | undefined>;
}

export async function openMails(change: Partial<FlowContext> = {}): Promise<MailFixture> {
  const fixture = await openAddFlow(change);
  const { store, context } = fixture;
  const history = (awardId: string) => store.read.history('default', awardId);
  return {
    ...fixture,
    work: () => workOn(context),
    rows: (state) => store.read.mails('default', state, 1_000),
    history: async (awardId) => (await history(awardId)).map(({ what }) => what),
    lastHistory: async (awardId) => (await history(awardId)).at(-1),
  };
}

/** Does the mail jobs of a context that are due. */
export function workOn(context: FlowContext): Promise<RunReport> {
  const { store, clock, random, issuer } = context;
  return runDue(
    { store, clock, random, issuers: [issuer] },
    { budgetMs: 60_000, handlers: mailHandlers(context) },
  );
}

/** An award of another key and name to the sample learner. */
export function otherAward(key: string, name: string): Partial<AwardInput> {
  return { key, credential: microcredential({ microcredential_name: name }) };
}

/** Somebody else's award. */
export function awardOf(email: string, key: string): Partial<AwardInput> {
  return { key, recipient: { fullName: `Learner ${key}`, email } };
}
