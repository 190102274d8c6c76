import { expect, test } from 'vitest';
import { pollFailures } from '../../src/node/poll-failures.ts';

test('an outage is logged when it begins, changes or comes again, and not in between', () => {
  const told: object[] = [];
  const tell = pollFailures((entry) => told.push(entry));
  const failed = (code: 'unavailable' | 'rate_limited') =>
    tell({ polling: { asked: 0, calls: 0, events: [], ended: 'failed', error: { code } } });
  const idle = () => tell({ polling: { asked: 0, calls: 0, events: [], ended: 'nothing_due' } });
  const answered = () => tell({ polling: { asked: 30, calls: 1, events: [], ended: 'nothing_due' } });
  answered();
  failed('unavailable');
  idle();
  failed('unavailable');
  failed('rate_limited');
  answered();
  failed('rate_limited');
  expect(told).toEqual([
    { event: 'poll_failed', code: 'unavailable' },
    { event: 'poll_failed', code: 'rate_limited' },
    { event: 'poll_failed', code: 'rate_limited' },
  ]);
});
