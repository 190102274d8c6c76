import type { PostgresState } from '@seek-pass-kit/flows/postgres';
import { durationInWords } from '../terminal/duration.ts';
import { plural } from '../terminal/plural.ts';
import { type Judgement, ok, problem, warning } from './finding.ts';

const oldestMajor = 13;
const slowRoundTripMs = 20;
const muchSkewMs = 2_000;

/** Judges a PostgreSQL that answers. `migrations`: what the config lets a start do about a schema that is behind. */
export function judgePostgres(state: PostgresState, migrations: 'apply' | 'check'): Judgement[] {
  return [
    judgeVersion(state),
    judgeMigrations(state.missingMigrations, migrations),
    judgeDurability(state.durable),
    judgeRoundTrip(state.roundTripMs),
    judgeClockOfDatabase(state.clockOffsetMs),
    ...(state.missingMigrations === 0 ? [judgeGrants(state.rewritableRecords)] : []),
  ];
}

function judgeVersion({ version, majorVersion }: PostgresState): Judgement {
  if (majorVersion >= oldestMajor) return ok(`PostgreSQL ${version} answers.`);
  return problem(
    `PostgreSQL ${version} is older than ${oldestMajor}.`,
    `Use PostgreSQL ${oldestMajor} or newer.`,
  );
}

function judgeMigrations(missing: number | undefined, migrations: 'apply' | 'check'): Judgement {
  if (missing === undefined) {
    return problem(
      'The schema is of another version of this program.',
      'Update seek-pass to the version that made it, or give another store.postgres.schema.',
    );
  }
  if (missing === 0) return ok('The schema is up to date.');
  const found = `The schema lacks ${plural(missing, 'migration')}.`;
  return migrations === 'apply'
    ? warning(found, 'The next start applies them: let it happen when you mean to.')
    : problem(
        found,
        'Run migratePostgres() with a user that owns the schema: store.postgres.migrations is check.',
      );
}

/** `off` is safe for nobody; the others differ in what a standby has when the server is lost. */
function judgeDurability({ synchronousCommit, fsync }: PostgresState['durable']): Judgement {
  const off = [
    ...(synchronousCommit === 'off' ? ['synchronous_commit'] : []),
    ...(fsync === 'off' ? ['fsync'] : []),
  ];
  if (off.length === 0) return ok('What is stored survives a crash: synchronous_commit and fsync are on.');
  return problem(
    `The database may lose what it has confirmed: ${off.join(' and ')} ${off.length === 1 ? 'is' : 'are'} off.`,
    `Turn ${off.join(' and ')} on: a lost award or submission could be made a second time.`,
  );
}

function judgeRoundTrip(roundTripMs: number): Judgement {
  const found = `A question and its answer take ${roundTripMs < 1 ? 'less than 1 ms' : `${roundTripMs.toFixed(1)} ms`}.`;
  return roundTripMs <= slowRoundTripMs
    ? ok(found)
    : warning(found, 'Bring this machine and the database closer together: a claim asks several times.');
}

function judgeClockOfDatabase(offsetMs: number): Judgement {
  const apart = Math.abs(offsetMs);
  if (apart <= muchSkewMs) return ok('The clocks of the database and of this machine agree.');
  return warning(
    `The clock of the database is ${durationInWords(apart)} ${offsetMs > 0 ? 'ahead of' : 'behind'} that of this machine.`,
    'Set both right with NTP.',
  );
}

function judgeGrants(rewritable: readonly string[]): Judgement {
  if (rewritable.length === 0) return ok('The database user cannot rewrite the record of who did what.');
  return warning(
    `The database user may change or empty ${rewritable.join(', ')}, which are a record.`,
    'Let another user own the schema, and give this one no more than "seek-pass audit grants" prints.',
  );
}
