import type { ReadinessDetails } from '@seek-pass-kit/flows/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { healthReport } from '../../src/health/health-result.ts';

const well: ReadinessDetails = {
  status: 'ready',
  store: 'ok',
  seekPass: 'ok',
  work: 'ok',
  jobs: { due: 0, dead: 0, oldestDueSeconds: 0 },
  inbox: { oldestUnhandledSeconds: 0 },
};

describe('what a health check is told', () => {
  test.each<[Partial<ReadinessDetails>, 'up' | 'down', string | undefined]>([
    [{}, 'up', undefined],
    [{ seekPass: 'unknown' }, 'up', undefined],
    [{ store: 'none', work: 'none' }, 'up', undefined],
    [{ status: 'degraded', work: 'late' }, 'up', 'waited for more than ten minutes'],
    [{ status: 'degraded', work: 'failing' }, 'up', 'last run of the work failed'],
    [{ status: 'degraded', seekPass: 'failing' }, 'up', 'did not answer the last call'],
    [{ status: 'degraded', seekPass: 'refused' }, 'up', 'client secret or a scope'],
    [{ jobs: { due: 0, dead: 2, oldestDueSeconds: 0 } }, 'up', 'set aside'],
    [{ status: 'unavailable', store: 'unavailable' }, 'down', 'store does not answer'],
    [{ status: 'draining' }, 'down', 'about to end'],
  ])('%j is %s', (change, status, warning) => {
    const report = healthReport({ ...well, ...change }, true);
    expect(report.status).toBe(status);
    expect(report.warnings ?? []).toEqual(warning === undefined ? [] : [expect.stringContaining(warning)]);
  });

  const readiness = fc.record<ReadinessDetails>(
    {
      status: fc.constantFrom('ready', 'degraded', 'unavailable', 'draining'),
      store: fc.constantFrom('ok', 'unavailable', 'none'),
      seekPass: fc.constantFrom('ok', 'refused', 'failing', 'unknown'),
      work: fc.constantFrom('ok', 'late', 'failing', 'none'),
      jobs: fc.record({ due: fc.nat(), dead: fc.nat(), oldestDueSeconds: fc.nat() }),
      inbox: fc.record({ oldestUnhandledSeconds: fc.nat() }),
      lastCall: fc.record({ ageSeconds: fc.nat() }),
      token: fc.record({ ageSeconds: fc.nat(), expiresInSeconds: fc.nat() }),
    },
    { requiredKeys: ['status', 'store', 'seekPass', 'work'] },
  );

  test('is down only for what another process can do better, and tells a person about everything that is not well', () => {
    fc.assert(
      fc.property(readiness, (facts) => {
        const { status, warnings = [] } = healthReport(facts, true);
        expect(status === 'down').toBe(facts.status === 'unavailable' || facts.status === 'draining');
        const troubles = [
          facts.status === 'draining',
          facts.store === 'unavailable',
          facts.seekPass === 'refused' || facts.seekPass === 'failing',
          facts.work === 'late' || facts.work === 'failing',
          (facts.jobs?.dead ?? 0) > 0,
        ];
        expect(warnings).toHaveLength(troubles.filter(Boolean).length);
      }),
    );
  });

  test('holds every figure, or none where strangers read it', () => {
    fc.assert(
      fc.property(readiness, (facts) => {
        const { status: _status, ...figures } = facts;
        expect(healthReport(facts, true)).toMatchObject(figures);
        const bare = healthReport(facts, false);
        expect(Object.keys(bare).filter((name) => name !== 'status' && name !== 'warnings')).toEqual([]);
        expect(JSON.stringify(bare)).not.toMatch(/\d/);
      }),
    );
  });
});
