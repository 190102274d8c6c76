import type { AwardQuery } from './ports.ts';
import type { AwardRow } from './rows.ts';

/** A place in the order of creation: awards of one millisecond are ordered by id. */
export interface AwardPosition {
  readonly createdAt: number;
  readonly id: string;
}

/** The most awards of one page. */
export const largestAwardPage = 1_000;

/**
 * Where the page of a query starts: after this position, or at the beginning.
 *
 * @throws {RangeError} for a limit outside 1 to 1,000 and for a cursor that no page gave out.
 */
export function startOfPage(query: AwardQuery): AwardPosition | undefined {
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > largestAwardPage) {
    throw new RangeError(`limit must be a whole number from 1 to ${largestAwardPage}.`);
  }
  if (query.cursor === undefined) return undefined;
  const [, createdAt, id] = /^(\d{1,16})\.(.+)$/.exec(query.cursor) ?? [];
  if (createdAt === undefined || id === undefined)
    throw new RangeError('cursor must come from the page before.');
  return { createdAt: Number(createdAt), id };
}

/** Makes a page of up to `limit + 1` awards that were read: the one too many says that there is another page. */
export function pageOf(awards: AwardRow[], limit: number): { awards: AwardRow[]; cursor?: string } {
  const last = awards[limit - 1];
  if (awards.length <= limit || last === undefined) return { awards };
  return { awards: awards.slice(0, limit), cursor: `${last.createdAt}.${last.id}` };
}
