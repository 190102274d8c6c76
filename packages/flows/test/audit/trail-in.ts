import type { AuditContext } from '../../src/audit/audit-context.ts';
import { sealAudit } from '../../src/audit/seal-audit.ts';
import { type AuditVerdict, verifyAudit, type VerifyAuditOptions } from '../../src/audit/verify-audit.ts';
import type { Store } from '../../src/store/ports.ts';
import { hash, historyRow, start, stopRow } from '../conformance/sample-rows.ts';
import { StandingClock } from '../standing-clock.ts';

/** What tests do with the audit trails of a store. */
export interface TrailIn {
  readonly contextOf: (issuer: string) => AuditContext;
  /** Writes so many lines of each source. */
  readonly write: (issuer: string, lines: number) => Promise<void>;
  readonly seal: (issuer: string) => Promise<unknown>;
  readonly verify: (issuer: string, options?: VerifyAuditOptions) => Promise<AuditVerdict>;
}

/** The audit trails of any store. */
export function trailIn(store: Store): TrailIn {
  const contextOf = (issuer: string): AuditContext => ({
    issuer,
    store,
    lookupKey: hash('lookup key'),
    clock: new StandingClock(start),
  });
  return {
    contextOf,
    async write(issuer, lines) {
      await store.transaction(async (tx) => {
        for (let at = 0; at < lines; at += 1) {
          await tx.appendHistory([
            historyRow(issuer, `a${at}`, { payloadHash: hash(`payload ${at}`), why: 'because' }),
          ]);
          await tx.appendAudit([
            { issuer, at: start, who: 'staff-7', what: 'looked', about: `key:k${at}`, why: 'other' },
          ]);
          await tx.setStopped(stopRow(issuer, at % 2 === 0 ? null : 'education', at % 4 < 2));
        }
      });
    },
    seal: (issuer) => sealAudit(contextOf(issuer), { budgetMs: 60_000 }),
    verify: (issuer, options) => verifyAudit(contextOf(issuer), options),
  };
}
