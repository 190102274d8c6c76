import { describe, expect, test } from 'vitest';
import {
  attemptMarginMs,
  planAttempt,
  submissionId,
  submissionLifeMs,
  createNamespace,
} from '../../src/index.ts';
import { makeClient, microcredential } from '../support/make-client.ts';

const minute = 60_000;
const hour = 60 * minute;
const submittedAt = Date.UTC(2026, 5, 1);
const last = { attempt: 3, submittedAt };
const after = (ms: number) => ({ last, now: submittedAt + ms });

describe('security rule 2: which attempt comes next', () => {
  test('never submitted: the first', () => {
    expect(planAttempt({ now: submittedAt })).toEqual({ action: 'submit', attempt: 1, repeats: false });
  });

  test.each([0, minute, 24 * hour, 48 * hour - 15 * minute - 1])(
    '%d ms after: the same id gives the same link',
    (age) => {
      expect(planAttempt(after(age))).toEqual({ action: 'submit', attempt: 3, repeats: true });
    },
  );

  test.each([48 * hour - 15 * minute, 48 * hour - 1, 48 * hour, 48 * hour + 15 * minute, 500 * hour, -hour])(
    '%d ms after: the status is asked first',
    (age) => {
      expect(planAttempt(after(age))).toEqual({ action: 'ask_status', attempt: 3 });
    },
  );

  test('with the status: open is repeated, over gets a new attempt, done is not sent again', () => {
    const late = after(48 * hour);
    expect(planAttempt({ ...late, status: 'incomplete' })).toEqual({
      action: 'submit',
      attempt: 3,
      repeats: true,
    });
    expect(planAttempt({ ...late, status: 'canceled' })).toEqual({
      action: 'submit',
      attempt: 4,
      repeats: false,
    });
    expect(planAttempt({ ...late, status: 'not_reported' })).toEqual({
      action: 'submit',
      attempt: 4,
      repeats: false,
    });
    expect(planAttempt({ ...after(hour), status: 'not_reported' })).toEqual({
      action: 'submit',
      attempt: 3,
      repeats: true,
    });
    expect(planAttempt({ ...late, status: 'verified' })).toEqual({ action: 'done', nextAttempt: 4 });
    expect(planAttempt({ ...late, status: 'paused_by_moon' })).toEqual({
      action: 'wait',
      status: 'paused_by_moon',
    });
  });

  test('the numbers of the rule', () => {
    expect([submissionLifeMs, attemptMarginMs]).toEqual([48 * hour, 15 * minute]);
  });

  test("time is SEEK Pass's: a client whose own clock is slow measures it", async () => {
    const { seekPass, clock, server } = makeClient();
    await clock.runUntilSettled(seekPass.add(microcredential()));
    expect(Math.abs(seekPass.clockOffsetMs ?? Number.NaN)).toBeLessThanOrEqual(1000);
    server.clock = () => clock.now() + 3 * minute;
    await clock.runUntilSettled(seekPass.add(microcredential()));
    expect(Math.abs(seekPass.now() - server.clock())).toBeLessThanOrEqual(1000);
  });

  test('a correction within 48 hours gets a link of its own from SEEK Pass', async () => {
    const { seekPass, clock } = makeClient();
    const namespace = createNamespace({ environment: 'staging', clientId: 'client-1' });
    const link = async (version: number, attempt: number) => {
      const id = submissionId({ namespace, key: 'k', version, attempt });
      return (await clock.runUntilSettled(seekPass.add(microcredential(id)))).redirectUri;
    };
    const first = await link(1, 1);
    expect(await link(1, 1)).toBe(first);
    expect(await link(2, 1)).not.toBe(first);
  });
});
