import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostLogEntry } from '../../src/node/host-log.ts';
import { logTo } from '../../src/node/log-to.ts';

/** What is written of entries, each with its level. */
function written(...entries: readonly object[]): unknown[] {
  const lines: unknown[] = [];
  const at = (level: string) => (fields: object) => void lines.push([level, fields]);
  const log = logTo({ debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') });
  for (const entry of entries) log(entry as HostLogEntry);
  return lines;
}

describe('a log', () => {
  test('tells what happened, by id and code, at the level of what a person has to do', () => {
    const failed = {
      event: 'mail_failed',
      mailId: 'm-1',
      kind: 'claim',
      state: 'unknown',
      awardIds: ['a1', 'a_2'],
    };
    const request = { event: 'request', method: 'GET', route: '/claim', durationMs: 3, aborted: false };
    expect(
      written(
        failed,
        { ...request, status: 200 },
        { ...request, status: 503 },
        { event: 'award', type: 'added', awardId: 'a1' },
        { event: 'award', type: 'added_after_withdrawal', awardId: 'a1' },
        { event: 'job_dead', jobId: 'j1', kind: 'claim_mail', reason: 'gave up after 16 tries: unavailable' },
        { event: 'awards_issued', results: { created: 2, 'adds-a-second': 1 } },
        { event: 'closed', inTime: false },
        { event: 'claim_failed', route: 'sign-out', error: 'TypeError' },
      ),
    ).toEqual([
      ['warn', failed],
      ['info', { ...request, status: 200 }],
      ['warn', { ...request, status: 503 }],
      ['info', { event: 'award', type: 'added', awardId: 'a1' }],
      ['warn', { event: 'award', type: 'added_after_withdrawal', awardId: 'a1' }],
      [
        'error',
        { event: 'job_dead', jobId: 'j1', kind: 'claim_mail', reason: 'gave up after 16 tries: unavailable' },
      ],
      ['info', { event: 'awards_issued', results: { created: 2, 'adds-a-second': 1 } }],
      ['warn', { event: 'closed', inTime: false }],
      ['error', { event: 'claim_failed', route: 'sign-out', error: 'TypeError' }],
    ]);
  });

  test('leaves out what it does not know, and blots out what does not look like an id, a code or a number', () => {
    expect(
      written(
        { event: 'award', type: 'added', awardId: 'lan@example.edu', email: 'lan@example.edu', at: 1 },
        { event: 'work_failed', error: 'Nguyễn Thị Lan' },
        {
          event: 'request',
          method: 'GET',
          route: '/claim?token=1',
          status: '200 lan',
          durationMs: 1,
          aborted: false,
        },
        { event: 'awards_issued', results: { 'lan@example.edu': 1 } },
        { event: 'mail_failed', mailId: 'm1', awardIds: ['a1', 'Lan Nguyen'] },
      ),
    ).toEqual([
      ['info', { event: 'award', type: 'added', awardId: '[redacted]' }],
      ['error', { event: 'work_failed', error: '[redacted]' }],
      [
        'info',
        {
          event: 'request',
          method: 'GET',
          route: '[redacted]',
          status: '[redacted]',
          durationMs: 1,
          aborted: false,
        },
      ],
      ['info', { event: 'awards_issued', results: '[redacted]' }],
      ['warn', { event: 'mail_failed', mailId: 'm1', awardIds: '[redacted]' }],
    ]);
  });

  test('writes no address, whichever field of whichever event it comes in', () => {
    const addresses = fc.emailAddress();
    const fields = fc.constantFrom(
      'awardId',
      'awardIds',
      'type',
      'kind',
      'error',
      'reason',
      'route',
      'results',
      'network',
      'x',
    );
    const events = fc.constantFrom(
      'award',
      'job_dead',
      'claim_ended',
      'request',
      'webhook',
      'drift_found',
      'new',
    );
    fc.assert(
      fc.property(events, fields, addresses, (event, field, address) => {
        const values = [address, [address], { [address]: 1 }, { nested: address }];
        const lines = values.flatMap((value) => written({ event, [field]: value }));
        expect(JSON.stringify(lines)).not.toContain('@');
      }),
    );
  });
});
