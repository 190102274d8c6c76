import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealAudit } from '../../src/audit/seal-audit.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { grantStatements } from '../../src/postgres/grants.ts';
import { applyMigrations } from '../../src/postgres/migrations/migrate.ts';
import { migrations } from '../../src/postgres/migrations/migration.ts';
import { migratePostgres, openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { hash, newIssuer, start } from '../conformance/sample-rows.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();
const budget = { budgetMs: 60_000 };

describe.skipIf(skip)('security rule 18', () => {
  let database: TestDatabase;
  let owner: pg.Pool;
  beforeAll(async () => {
    database = await openTestDatabase();
    owner = new pg.Pool({ connectionString: database.connectionString, max: 2 });
    owner.on('error', () => undefined);
  }, 60_000);
  afterAll(async () => {
    await owner.end();
    await database.close();
  });

  test('an application that may only add to the record does everything: awards, claims, polls, withdraws, chains, and is refused a deletion', async () => {
    const { connectionString } = database;
    const schema = `granted_flow_${process.pid}`;
    await migratePostgres({ connectionString, schema });
    await owner.query('CREATE ROLE application LOGIN');
    await owner.query(grantStatements({ role: 'application', schema }).join(';'));
    const url = new URL(connectionString);
    url.username = 'application';
    const store = await openPostgresStore({ connectionString: url.href, schema, migrations: 'check' });
    const flow = await openAddFlow({ store });
    const { context, sandbox } = flow;

    const [kept, withdrawn] = [await flow.issue({ key: 'a' }), await flow.issue({ key: 'b' })];
    const claim = await submitClaim(context, { awardId: kept, generation: 1, again: false });
    if (claim.outcome !== 'redirect') throw new Error(claim.outcome);
    sandbox.control.learner.consent({ link: claim.redirectUri, email: 'lan@example.edu' });
    flow.advance({ minutes: 6 });
    expect(await pollSubmissions(context, budget)).toMatchObject({ events: [{ type: 'added' }] });
    await withdraw(context, { awardId: withdrawn, who: 'staff-7', reason: 'issued_in_error' });
    await store.sweep(flow.clock.now());
    await sealAudit(context, budget);
    expect(await verifyAudit(context)).toMatchObject({ intact: true, lines: 5, waiting: { lines: 0 } });

    const application = new pg.Pool({ connectionString: url.href, max: 1 });
    await expect(application.query(`DELETE FROM ${schema}.history`)).rejects.toMatchObject({ code: '42501' });
    await application.end();
  });

  test('what was on record before there was a chain is covered too', async () => {
    const schema = `before_the_chain_${process.pid}`;
    const issuer = newIssuer();
    await applyMigrations(owner, schema, migrations.slice(0, 5));
    await owner.query(
      `INSERT INTO ${schema}.history (issuer, award_id, at, who, what)
        SELECT CASE WHEN n % 3 = 0 THEN 'other' ELSE $1 END, 'a' || n, $2, 'system', 'created' FROM generate_series(1, 4500) AS n`,
      [issuer, start],
    );
    await owner.query(
      `INSERT INTO ${schema}.stop_record (issuer, stopped, at, who, why) VALUES ($1, true, $2, 'staff-7', 'other')`,
      [issuer, start],
    );
    const store = await openPostgresStore({ pool: owner, schema });
    const { clock } = (await openAddFlow()).context;
    const context = { issuer, store, clock, lookupKey: hash('lookup key') };
    expect(await store.read.unsealed(issuer)).toEqual({ lines: 3_001, oldestAt: start });
    expect(await sealAudit(context, budget)).toMatchObject({ lines: 3_001 });
    expect((await store.read.auditLinks(issuer, 0, 99)).length).toBeLessThanOrEqual(5);
    expect(await verifyAudit(context)).toMatchObject({ intact: true, lines: 3_001, waiting: { lines: 0 } });
    expect(await store.read.unsealed('other')).toMatchObject({ lines: 1_500 });
  });
});
