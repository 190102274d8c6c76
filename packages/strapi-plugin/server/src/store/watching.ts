import type { WatchReads } from '@seek-pass-kit/flows';
import { counted } from './counted.ts';
import { mails } from './mails.ts';
import { match, type Sql } from './sql.ts';
import { submissions } from './submissions.ts';

/** Look-ups of what an operator watches. */
export function watchReads(sql: Sql): WatchReads {
  return {
    countMailsIn: (issuer, states) =>
      counted(sql, mails, 'state', (query) => match(mails, { issuer })(query).whereIn('state', [...states])),
    async openSubmissions(issuer, times) {
      const [open] = await sql.ask<Readonly<Record<string, unknown>>>((knex) =>
        match(submissions, { issuer, outcome: 'open' })(knex(submissions.name))
          // What is open is polled: so the index of due polls finds it without reading those that have ended.
          .whereNotNull('next_poll_at')
          .count({ number: '*' })
          .min({ oldest: 'submitted_at' })
          .sum({ sum: 'submitted_at' })
          .select(
            times.map((time, at) =>
              knex.raw('sum(case when submitted_at <= ? then 1 else 0 end) as ??', [time, `by_${at}`]),
            ),
          ),
      );
      const number = (name: string) => Number(open?.[name] ?? 0);
      return {
        count: number('number'),
        oldest: number('number') === 0 ? null : number('oldest'),
        sumOfTimes: number('sum'),
        submittedBy: times.map((_, at) => number(`by_${at}`)),
      };
    },
  };
}
