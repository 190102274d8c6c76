import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { AuditContext } from '../../src/audit/audit-context.ts';
import { sealAudit } from '../../src/audit/seal-audit.ts';
import { type AuditVerdict, verifyAudit, type VerifyAuditOptions } from '../../src/audit/verify-audit.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { StandingClock } from '../standing-clock.ts';
import { hash, historyRow, start, stopRow } from '../conformance/sample-rows.ts';
import { openTestDatabase } from '@seek-pass-kit/prove/postgres';

/** Audit trails on a PostgreSQL server, and somebody who may do everything there and has no key. */
export interface TrailGround {
  readonly schema: string;
  readonly store: Store;
  readonly pool: pg.Pool;
  readonly connectionString: string;
  /** Crashes the server and starts it again; absent for a server that is not ours. */
  readonly restart?: () => Promise<void>;
  /** Runs statements as the owner of the server, past every trigger. */
  readonly tamper: (...statements: readonly string[]) => Promise<void>;
  readonly contextOf: (issuer: string) => AuditContext;
  /** Writes so many lines of each source. */
  readonly write: (issuer: string, lines: number) => Promise<void>;
  readonly seal: (issuer: string) => Promise<unknown>;
  readonly verify: (issuer: string, options?: VerifyAuditOptions) => Promise<AuditVerdict>;
  close(): Promise<void>;
}

/** Opens a ground with a schema of its own. */
export async function openTrailGround(): Promise<TrailGround> {
  const database = await openTestDatabase();
  const { connectionString, restart } = database;
  const schema = `trail_${randomUUID().replaceAll('-', '')}`;
  const store = await openPostgresStore({ connectionString, schema });
  const pool = new pg.Pool({ connectionString, max: 4 });
  pool.on('error', () => undefined);
  const contextOf = (issuer: string): AuditContext => ({
    issuer,
    store,
    lookupKey: hash('lookup key'),
    clock: new StandingClock(start),
  });
  return {
    schema,
    store,
    pool,
    connectionString,
    ...(restart === undefined ? {} : { restart }),
    async tamper(...statements) {
      const client = await pool.connect();
      try {
        await client.query(
          `BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL search_path = ${schema}`,
        );
        for (const statement of statements) await client.query(statement);
        await client.query('COMMIT');
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    },
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
    async close() {
      await store.close();
      await pool.end();
      await database.close();
    },
  };
}
