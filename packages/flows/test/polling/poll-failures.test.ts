import { expect, test } from 'vitest';
import { pollFailures } from '../../src/polling/poll-failures.ts';

test('an outage is told when it begins, changes or comes again, and not in between', () => {
  const told: object[] = [];
  const tell = pollFailures((notice) => told.push(notice), { of: 'verifications' });
  const failed = (code: 'unavailable' | 'rate_limited') => tell({ asked: 0, error: { code } });
  const idle = () => tell({ asked: 0 });
  const answered = () => tell({ asked: 30 });
  answered();
  failed('unavailable');
  idle();
  failed('unavailable');
  failed('rate_limited');
  answered();
  failed('rate_limited');
  expect(told).toEqual([
    { event: 'poll_failed', code: 'unavailable', of: 'verifications' },
    { event: 'poll_failed', code: 'rate_limited', of: 'verifications' },
    { event: 'poll_failed', code: 'rate_limited', of: 'verifications' },
  ]);
});
