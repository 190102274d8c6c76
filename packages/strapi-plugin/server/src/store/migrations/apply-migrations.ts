import { ConfigurationError } from '@seek-pass-kit/core';
import type { Knex } from 'knex';
import type { Dialect } from '../dialects/dialect.ts';
import { fromDatabase, tablePrefix } from '../table.ts';
import type { Migration } from './migration.ts';
import { schemaSteps } from './schema-steps.ts';

const record = `${tablePrefix}migrations`;

/**
 * Brings our tables up to date, one process at a time: others that start meanwhile wait and find it done. On SQLite and PostgreSQL an error
 * leaves everything as it was; on MySQL it leaves the steps before, and the next start goes on from there.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the database holds a step that this version does not know.
 */
export async function applyMigrations(
  knex: Knex,
  dialect: Dialect,
  migrations: readonly Migration[],
  now: number,
): Promise<void> {
  await dialect.alone(knex, record, async (held) => {
    const steps = schemaSteps(held, dialect);
    await steps.createTable('migrations', {
      columns: { number: 'integer', name: 'text', applied_at: 'time' },
      primary: ['number'],
    });
    const applied = await appliedNumbers(held);
    refuseUnknown(applied, migrations);
    for (const { number, name, up } of migrations) {
      if (applied.has(number)) continue;
      await up(steps);
      await held(record).insert({ number, name, applied_at: now });
    }
  });
}

async function appliedNumbers(knex: Knex): Promise<Set<number>> {
  const rows: unknown = await knex(record).select('number');
  return new Set(
    (rows as ReadonlyArray<{ readonly number: unknown }>).map(({ number }) =>
      Number(fromDatabase('integer', number)),
    ),
  );
}

function refuseUnknown(applied: ReadonlySet<number>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ number }) => number));
  const unknown = [...applied].filter((number) => !known.has(number)).sort((a, b) => a - b)[0];
  if (unknown === undefined) return;
  throw new ConfigurationError(
    `The database was used by a newer version of the plugin: it has step ${unknown} of the tables, which this version does not know. Install that version or a later one.`,
  );
}
