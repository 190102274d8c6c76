import type { IssuanceFilter, IssuancePage } from '../../../contract/issuances.ts';
import { awardsWithoutMail } from './awards-without-mail.ts';
import { findIssuances } from './find-issuances.ts';
import { cursorOf, type IssuancePosition } from './issuance-cursor.ts';
import { issuancesQuery, type Narrowed } from './issuance-query.ts';
import { issuancesOf, type ListedAward, placeOf } from './issuance-rows.ts';
import type { AskedScope } from './issuance-scope.ts';

/** A page of the list, and whose. */
export interface PageAsked {
  readonly filter: IssuanceFilter;
  readonly limit: number;
  readonly after?: IssuancePosition;
  /** Only what this text names exactly. */
  readonly text?: string;
}

/** One page, newest first. Awards that are added meanwhile stand before it and move nothing. */
export async function listIssuances(scope: AskedScope, asked: PageAsked): Promise<IssuancePage> {
  const { limit, after } = asked;
  const narrowed = await narrowedBy(scope, asked);
  // One more than asked for tells whether there is another page.
  const found = await listed(scope, narrowed, limit + 1, after);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    issuances: await issuancesOf(scope, rows),
    ...(found.length > limit && last !== undefined ? { next: cursorOf(placeOf(last)) } : {}),
  };
}

/** What a filter and a search come to. */
export async function narrowedBy(
  { knex, issuer, connection, personal }: AskedScope,
  { filter, text }: Pick<PageAsked, 'filter' | 'text'>,
): Promise<Narrowed> {
  const { addFlow: flow } = connection;
  const byMail = filter.attention === 'mail' || filter.attention === 'person';
  return {
    ...filter,
    ...(byMail ? { mailTroubles: await awardsWithoutMail(flow) } : {}),
    ...(text === undefined ? {} : { ids: await findIssuances({ knex, issuer, flow, personal }, text) }),
  };
}

/** Rows of the list as the database has them. */
export async function listed(
  scope: AskedScope,
  narrowed: Narrowed,
  limit: number,
  after?: IssuancePosition,
): Promise<readonly ListedAward[]> {
  return (await issuancesQuery(scope, narrowed, limit, after)) as ListedAward[];
}
