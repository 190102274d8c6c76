import { proof, type ProofRun } from '@seek-pass-kit/prove';
import { expect, onTestFinished, vi } from 'vitest';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { addFlowOf, issueAward } from '../claims/issued-award.ts';
import { Learner } from '../site/learner.ts';
import { loggedDuring } from '../site/logged-during.ts';
import { startSite } from '../site/start-site.ts';

/** A question and its repetitions, with a token before each. */
const mostCalls = 8;

proof(
  'SEEK Pass is down for hours and ticks overlap: it is asked once a round, the log says so once, and what became of a credential is known soon after',
  { small: 3, full: 100 },
  waitForSeekPass,
);

async function waitForSeekPass({ size: rounds }: ProofRun): Promise<void> {
  const site = await startSite();
  onTestFinished(() => site.close());
  for (const job of ['work', 'runs', 'automation']) site.strapi.cron.remove(`seek-pass.${job}`);
  const { control } = site.sandbox;
  const connection = serviceOf(site.strapi, 'connection');
  const { awardId, link } = await issueAward(site, 'down');
  await connection.tick();
  const learner = new Learner(site);
  await learner.proves(link);
  learner.accepts(await learner.addsAward(awardId));

  const fault = control.faults.set({
    path: '/api/partner/v1/*',
    effect: { kind: 'status', status: 503 },
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  onTestFinished(() => void vi.useRealTimers());
  const laterBy = (minutes: number) => {
    vi.setSystemTime(Date.now() + minutes * 60_000);
    control.clock.advance({ minutes });
  };
  const log = await loggedDuring(site, async () => {
    for (let round = 0; round < rounds; round += 1) {
      laterBy(10);
      control.requests.clear();
      await Promise.all([connection.tick(), connection.tick(), connection.tick()]);
      await connection.tick();
      const { length } = control.requests.list(500);
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThanOrEqual(mostCalls);
    }
  });
  expect(log.split('\n')).toEqual(['SEEK Pass {"event":"poll_failed","code":"unavailable"}']);
  expect(await addFlowOf(site).counts()).toEqual({ submitted: 1 });

  control.faults.remove(fault.faultId);
  laterBy(10);
  await connection.tick();
  expect(await addFlowOf(site).counts()).toEqual({ added: 1 });
}
