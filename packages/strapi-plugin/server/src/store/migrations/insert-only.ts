import type { Dialect } from '../dialects/dialect.ts';

/** The one change that a row may see: `flag` from false to true. `columns` are all the others. */
export interface OneChange {
  readonly columns: readonly string[];
  readonly flag: string;
}

const refusal = 'SEEK Pass: lines of the audit trail are never changed or deleted.';

/**
 * Statements that make the database refuse to change or delete rows of a table, whoever asks, but for {@link OneChange}. Each is safe to do
 * again. Strapi's user owns the tables and could take the triggers away: what is done past them the chain of the trail shows.
 */
export function insertOnlyStatements(
  dialect: Dialect['name'],
  table: string,
  oneChange?: OneChange,
): readonly string[] {
  return statements[dialect](table, oneChange);
}

const statements: Readonly<
  Record<Dialect['name'], (table: string, oneChange: OneChange | undefined) => readonly string[]>
> = {
  sqlite: (table, oneChange) =>
    ['update', 'delete'].map((change) => {
      const when = change === 'update' && oneChange ? `when not (${isOneChange(oneChange, 'is', 0, 1)})` : '';
      return `create trigger if not exists ${table}_refuses_${change} before ${change} on ${table} ${when}
        begin select raise(abort, '${refusal}'); end`;
    }),
  postgres: (table, oneChange) => {
    const when = oneChange
      ? `when (not (${isOneChange(oneChange, 'is not distinct from', false, true)}))`
      : '';
    return [
      `create or replace function seek_pass_refuse_change() returns trigger language plpgsql as
        $$ begin raise exception '${refusal}' using errcode = 'restrict_violation'; end $$`,
      ...[
        ['update', `for each row ${when}`],
        ['delete', 'for each row'],
        ['truncate', 'for each statement'],
      ].flatMap(([change, how]) => [
        `drop trigger if exists ${table}_refuses_${change} on ${table}`,
        `create trigger ${table}_refuses_${change} before ${change} on ${table} ${how} execute function seek_pass_refuse_change()`,
      ]),
    ];
  },
  mysql: (table, oneChange) =>
    ['update', 'delete'].flatMap((change) => {
      const refuse = `signal sqlstate '45000' set message_text = '${refusal}'`;
      const body =
        change === 'update' && oneChange
          ? `if not (${isOneChange(oneChange, '<=>', 0, 1)}) then ${refuse}; end if`
          : refuse;
      return [
        `drop trigger if exists ${table}_refuses_${change}`,
        `create trigger ${table}_refuses_${change} before ${change} on ${table} for each row ${body}`,
      ];
    }),
};

function isOneChange(
  { columns, flag }: OneChange,
  same: string,
  before: number | boolean,
  after: number | boolean,
): string {
  const others = columns.map((column) => `new.${column} ${same} old.${column}`);
  return [`old.${flag} = ${before}`, `new.${flag} = ${after}`, ...others].join(' and ');
}
