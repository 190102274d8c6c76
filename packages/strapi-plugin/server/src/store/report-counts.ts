import type { ReportCount, ReportQuery } from '@seek-pass-kit/flows';
import { countedNames, erasedAfterAdding, placeOf } from '@seek-pass-kit/flows/store';
import { awards } from './awards.ts';
import { milestones } from './milestones.ts';
import type { Sql } from './sql.ts';
import { startOfDay } from './start-of-day.ts';
import { fromDatabase } from './table.ts';

/** The most parts of one UNION: SQLite takes 500. */
const mostParts = 400;

/** How many of one course count as the same in a period. */
interface Counted {
  readonly period: unknown;
  readonly course: unknown;
  /** Of awards; `null` for milestones. */
  readonly credential_type: unknown;
  /** A milestone or a wait, as `countedNames` has it; of awards, their state. */
  readonly what: unknown;
  readonly counted: unknown;
  /** How many of these were erased after they were added. */
  readonly erased: unknown;
}

/** Counts what happened in the periods, in one statement: it sees one moment. */
export async function countsOf(
  sql: Sql,
  { issuer, timeZone, periods, end }: ReportQuery,
): Promise<ReportCount[]> {
  const starts = [...periods, end].map((day) => startOfDay(day, timeZone));
  const rows = await sql.ask<Counted>((knex) =>
    knex.select().from(knex.raw(`(${statementOf(starts)}) as counts`, [issuer, issuer])),
  );
  const sums = new Sums();
  for (const row of rows) {
    const [period, counted] = [Number(row.period), Number(row.counted)];
    const course = String(fromDatabase('key', row.course ?? row.credential_type));
    const what = String(fromDatabase('key', row.what));
    if (row.credential_type === null) {
      sums.add(course, period, what, counted);
      continue;
    }
    sums.add(course, period, 'issued', counted);
    sums.add(course, period, `state_${what}`, counted);
    sums.add(course, period, erasedAfterAdding, Number(row.erased));
  }
  return sums.counts();
}

const within = (time: string) => `${time} >= period.starts and ${time} < period.ends`;

/** The facts of an award are kept as the text that `JSON.stringify` makes of them. */
function statementOf(starts: readonly number[]): string {
  const period = periodsFrom(starts);
  return `
    select period.place as period, award.course as course, award.credential_type as credential_type, award.state as what,
      count(*) as counted,
      sum(case when award.state = 'erased' and award.facts like '%"outcome":"verified"%' then 1 else 0 end) as erased
    from ${period} join ${awards.name} as award on award.issuer = ? and ${within('award.created_at')}
    group by period.place, award.course, award.credential_type, award.state
    union all
    select period.place, milestone.course, null, milestone.counted, count(*), 0
    from ${period} join ${milestones.name} as milestone on milestone.issuer = ? and ${within('milestone.at')}
    group by period.place, milestone.course, milestone.counted`;
}

/** The periods as a table: their places, and when each starts and ends. */
function periodsFrom(starts: readonly number[]): string {
  const rows = starts
    .slice(0, -1)
    .map((start, place) => `select ${place} as place, ${start} as starts, ${starts[place + 1]} as ends`);
  const parts: string[] = [];
  for (let at = 0; at < rows.length; at += mostParts)
    parts.push(`select * from (${rows.slice(at, at + mostParts).join(' union all ')}) as part_${at}`);
  return `(${parts.join(' union all ')}) as period`;
}

/** Adds up by course and period. */
class Sums {
  readonly #counts = new Map<string, { course: string; period: number; numbers: number[] }>();

  add(course: string, period: number, name: string, number: number): void {
    const key = `${period} ${course}`;
    const entry = this.#counts.get(key) ?? { course, period, numbers: countedNames.map(() => 0) };
    const place = placeOf(name);
    entry.numbers[place] = (entry.numbers[place] ?? 0) + number;
    this.#counts.set(key, entry);
  }

  counts(): ReportCount[] {
    return [...this.#counts.values()];
  }
}
