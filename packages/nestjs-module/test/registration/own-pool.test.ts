import 'reflect-metadata';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { AddFlow } from '@seek-pass-kit/flows';
import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { getAddFlowToken, SeekPassModule, type SeekPassModuleOptions } from '../../src/index.ts';
import { everyPart } from '../checks/sample-options.ts';
import { sampleAward, sampleRun } from '../work/sample-awards.ts';

const skip = await postgresMissing();
/** A server may have to be started. */
const patience = { timeout: 60_000 };

async function openDatabase(): Promise<string> {
  const database = await openTestDatabase();
  onTestFinished(() => database.close());
  return database.connectionString;
}

/** Starts an application whose registration is over this pool, issues an award, and ends it. */
async function issueOver(
  pool: NonNullable<Extract<SeekPassModuleOptions['store'], { postgres: unknown }>['postgres']['pool']>,
): Promise<void> {
  const { webhooks: _webhooks, ...options } = everyPart();

  /** Its pool is needed until the end, as by a service of the application. */
  @Module({
    imports: [
      SeekPassModule.forRootAsync({ useFactory: () => ({ ...options, store: { postgres: { pool } } }) }),
    ],
  })
  class ApplicationModule implements OnApplicationShutdown {
    async onApplicationShutdown(): Promise<void> {
      const client = await pool.connect();
      client.release();
    }
  }

  const app = (
    await Test.createTestingModule({ imports: [ApplicationModule] }).compile()
  ).createNestApplication({
    logger: false,
  });
  await app.init();
  const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
  const result = await flow.award(sampleAward(1), sampleRun);
  expect(result.result).toBe('created');
  await app.close();
}

const countAwards = 'SELECT count(*)::int AS awards FROM seek_pass.awards';

describe.skipIf(skip)('over the database of the application', () => {
  test('its own pool of pg stays open when the application ends', patience, async () => {
    const pool = new pg.Pool({ connectionString: await openDatabase(), max: 4 });
    onTestFinished(() => pool.end());
    await issueOver(pool);
    expect(pool.ended).toBe(false);
    expect((await pool.query(countAwards)).rows).toEqual([{ awards: 1 }]);
  });

  test('the pool that Drizzle has ($client)', patience, async () => {
    const database = drizzle({ connection: { connectionString: await openDatabase(), max: 4 } });
    onTestFinished(() => database.$client.end());
    await issueOver(database.$client);
    expect((await database.execute(sql.raw(countAwards))).rows).toEqual([{ awards: 1 }]);
  });

  test('the pool that TypeORM has (driver.master)', patience, async () => {
    const source = new DataSource({ type: 'postgres', url: await openDatabase(), poolSize: 4 });
    await source.initialize();
    onTestFinished(() => source.destroy());
    const driver = source.driver as PostgresDriver;
    await issueOver(driver.master as pg.Pool);
    expect(await source.query(countAwards)).toEqual([{ awards: 1 }]);
  });
});
