import type { Knex } from 'knex';
import type { Attention, IssuanceFilter } from '../../../contract/issuances.ts';
import type { IssuancePosition } from './issuance-cursor.ts';
import { expiringSince } from './submission-life.ts';
import type { VisibleEntries } from './visible-entries.ts';

/** Awards of one issuer that somebody may see. */
export interface IssuanceScope {
  readonly knex: Knex;
  readonly issuer: string;
  readonly visible: VisibleEntries;
  readonly now: number;
}

/** What narrows the list besides its filter. */
export interface Narrowed extends Omit<IssuanceFilter, 'attention'> {
  readonly attention?: Attention;
  /** Only these awards, such as those that a search found. */
  readonly ids?: readonly string[];
  /** Awards whose mails are in trouble; needed for `attention` of `mail` and `person`. */
  readonly mailTroubles?: readonly string[];
}

const awards = 'seek_pass_awards';
const entryAwards = 'seek_pass_entry_awards';
const submissions = 'seek_pass_submissions';
const history = 'seek_pass_history';
const runs = 'seek_pass_runs';
const runRows = 'seek_pass_run_rows';

type Place = Pick<IssuanceScope, 'knex' | 'issuer'>;

/** A page of the list, newest first: up to `limit` rows after `after`. `a` are awards, `e` entries of awards. */
export function issuancesQuery(
  scope: IssuanceScope,
  narrowed: Narrowed,
  limit: number,
  after?: IssuancePosition,
): Knex.QueryBuilder {
  const query = narrowedAwards(scope, narrowed)
    .select(
      'a.id',
      'a.state',
      'a.facts',
      'a.credential_type',
      'a.version',
      'a.created_at',
      'e.content_type',
      'e.document_id',
      'e.locale',
      'e.mapping',
    )
    .orderBy([
      { column: 'a.created_at', order: 'desc' },
      { column: 'a.id', order: 'desc' },
    ])
    .limit(limit);
  // Not as a comparison of pairs, which MariaDB and MySQL do not look up by an index.
  if (after !== undefined)
    void query
      .where('a.created_at', '<=', after.createdAt)
      .where(
        (either) => void either.where('a.created_at', '<', after.createdAt).orWhere('a.id', '<', after.id),
      );
  return query;
}

function narrowedAwards(
  { knex, issuer, visible, now }: IssuanceScope,
  narrowed: Narrowed,
): Knex.QueryBuilder {
  const { state, credentialType, contentType, mapping, run, who, from, until, attention, ids } = narrowed;
  const query = knex({ a: awards })
    .leftJoin(
      { e: entryAwards },
      (on) => void on.on('e.issuer', 'a.issuer').andOn('e.key_hash', 'a.key_hash'),
    )
    .where('a.issuer', issuer);
  visible.narrow(query, 'e');
  if (state === 'open') void query.whereIn('a.state', ['ready', 'submitted']);
  else if (state !== undefined) void query.where('a.state', state);
  if (credentialType !== undefined) void query.where('a.credential_type', credentialType);
  if (contentType !== undefined || mapping !== undefined)
    void query.whereIn(
      'a.key_hash',
      keysOfEntries({ knex, issuer }, { ...(contentType && { contentType }), ...(mapping && { mapping }) }),
    );
  if (from !== undefined) void query.where('a.created_at', '>=', from);
  if (until !== undefined) void query.where('a.created_at', '<', until);
  if (ids !== undefined) void query.whereIn('a.id', [...ids]);
  if (run !== undefined) void query.whereIn('a.id', awardsOfRuns({ knex, issuer }, [run]));
  if (who !== undefined) void query.where((either) => by(either, { knex, issuer }, who));
  if (attention !== undefined)
    worthALook(query, { knex, issuer, now }, attention, narrowed.mailTroubles ?? []);
  return query;
}

/** A list to look in, not a comparison with the joined row: few entries among many awards are found as fast as many. */
function keysOfEntries(
  { knex, issuer }: Place,
  { contentType, mapping, who }: Pick<IssuanceFilter, 'contentType' | 'mapping' | 'who'>,
): Knex.QueryBuilder {
  return knex(entryAwards)
    .select('key_hash')
    .where({
      issuer,
      ...(contentType === undefined ? {} : { content_type: contentType }),
      ...(mapping === undefined ? {} : { mapping }),
      ...(who === undefined ? {} : { who }),
    });
}

/** What somebody issued from entries, and what their imports issued. */
function by(query: Knex.QueryBuilder, { knex, issuer }: Place, who: string): void {
  const imports = knex(runs).select('id').where({ issuer, who });
  void query
    .whereIn('a.key_hash', keysOfEntries({ knex, issuer }, { who }))
    .orWhereIn('a.id', awardsOfRuns({ knex, issuer }, imports));
}

function awardsOfRuns(
  { knex, issuer }: Place,
  ids: readonly string[] | Knex.QueryBuilder,
): Knex.QueryBuilder {
  return knex(runRows)
    .select('award_id')
    .where({ issuer })
    .whereIn('run_id', ids as Knex.QueryBuilder)
    .whereNotNull('award_id');
}

function worthALook(
  query: Knex.QueryBuilder,
  { knex, issuer, now }: Place & Pick<IssuanceScope, 'now'>,
  attention: Attention,
  mailTroubles: readonly string[],
): void {
  const rejected = () => knex(awards).select('id').where({ issuer, state: 'rejected' });
  const inWallet = () =>
    knex({ w: awards })
      .select('w.id')
      .where('w.issuer', issuer)
      .whereIn('w.state', ['withdrawn', 'superseded'])
      .whereExists(
        historyOf(knex, issuer, 'w.id').whereIn('h.what', [
          'added_after_withdrawal',
          'added_after_supersession',
        ]),
      );
  switch (attention) {
    case 'expiring':
      return void query.whereIn(
        'a.id',
        knex(submissions)
          .select('award_id')
          .where({ issuer, outcome: 'open' })
          .whereNotNull('next_poll_at')
          .where('submitted_at', '<=', expiringSince(now)),
      );
    case 'rejected':
      return void query.where('a.state', 'rejected');
    case 'wallet':
      return void query.whereIn('a.id', inWallet());
    case 'mail':
      return void query.whereIn('a.id', [...mailTroubles]);
    case 'person':
      return void query.where((any) => {
        void any.whereIn('a.id', [...mailTroubles]);
        void any.orWhereIn('a.id', rejected()).orWhereIn('a.id', inWallet());
      });
  }
}

function historyOf(knex: Knex, issuer: string, award = 'a.id'): Knex.QueryBuilder {
  return knex({ h: history })
    .select(knex.raw('1'))
    .where('h.issuer', issuer)
    .where('h.award_id', knex.ref(award));
}
