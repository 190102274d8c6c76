import type { AwardDescription, AwardRow } from '@seek-pass-kit/flows';
import { standingOf } from '@seek-pass-kit/flows/store';
import type { Core, UID } from '@strapi/types';
import type { Knex } from 'knex';
import type { ShownAwardState } from '../../../contract/award-states.ts';
import type { Issuance, IssuanceEntry } from '../../../contract/issuances.ts';
import type { Connection } from '../connection/connection-service.ts';
import { fromDatabase } from '../store/table.ts';
import { expiryOf } from './submission-life.ts';

/** A row of the list as the database has it. */
export type ListedAward = Readonly<Record<string, unknown>>;

/** With what rows are made into what the asker sees. */
export interface RowMaking {
  readonly strapi: Core.Strapi;
  readonly knex: Knex;
  readonly connection: Pick<Connection, 'issuer' | 'addFlow'>;
  /** Whether names, addresses and the institution's keys are part of it. */
  readonly personal: boolean;
}

/** Where a row is in the list. */
export function placeOf(row: ListedAward): { readonly createdAt: number; readonly id: string } {
  return { createdAt: numberOf(row['created_at']), id: textOf(row['id']) };
}

/** The rows of one page, opened: a fixed number of questions for all of them, besides what opening each needs. */
export async function issuancesOf(making: RowMaking, rows: readonly ListedAward[]): Promise<Issuance[]> {
  const ids = rows.map((row) => textOf(row['id']));
  if (ids.length === 0) return [];
  const described = await making.connection.addFlow.describe(ids);
  const since = await lastEvents(making, ids);
  const expiries = await expiriesOf(making, ids);
  return rows.map((row) => {
    const id = textOf(row['id']);
    const { createdAt } = placeOf(row);
    const expiresAt = expiries.get(id);
    const entry = entryOf(making.strapi, row);
    const standing = standingOf(fromDatabase('json', row['facts']) as AwardRow['facts']);
    return {
      id,
      state: textOf(row['state']) as Exclude<ShownAwardState, 'not_issued'>,
      evidence: standing.evidence,
      ...(standing.behindClosedLink === undefined ? {} : { behindClosedLink: standing.behindClosedLink }),
      since: since.get(id) ?? createdAt,
      createdAt,
      version: numberOf(row['version']),
      credentialType: textOf(row['credential_type']),
      ...opened(described.get(id), making.personal),
      ...(entry === undefined ? {} : { entry }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
  });
}

function opened(described: AwardDescription | undefined, personal: boolean) {
  if (described === undefined) return {};
  const { title, key, recipient } = described;
  if (!personal) return { title };
  return {
    title,
    key,
    ...(recipient === undefined ? {} : { recipient: { name: recipient.fullName, email: recipient.email } }),
  };
}

function entryOf(strapi: Core.Strapi, row: ListedAward): IssuanceEntry | undefined {
  if (row['content_type'] === null || row['content_type'] === undefined) return undefined;
  const contentType = textOf(row['content_type']);
  const locale = textOf(row['locale']);
  return {
    contentType,
    contentTypeName: contentTypeName(strapi, contentType),
    documentId: textOf(row['document_id']),
    ...(locale === '' ? {} : { locale }),
    mapping: textOf(row['mapping']),
  };
}

/** As the Content Manager calls it; of one that is gone, its id. */
export function contentTypeName(strapi: Core.Strapi, uid: string): string {
  return strapi.contentTypes[uid as UID.ContentType]?.info.displayName ?? uid;
}

async function lastEvents({ knex, connection }: RowMaking, ids: readonly string[]) {
  const rows: unknown = await knex('seek_pass_history')
    .select('award_id')
    .max({ at: 'at' })
    .where({ issuer: connection.issuer })
    .whereIn('award_id', [...ids])
    .groupBy('award_id');
  return timesOf(rows, 'at');
}

async function expiriesOf({ knex, connection }: RowMaking, ids: readonly string[]) {
  const rows: unknown = await knex('seek_pass_submissions')
    .select('award_id', 'submitted_at')
    .where({ issuer: connection.issuer, outcome: 'open' })
    .whereIn('award_id', [...ids]);
  return new Map([...timesOf(rows, 'submitted_at')].map(([id, at]) => [id, expiryOf(at)]));
}

function timesOf(rows: unknown, column: string): Map<string, number> {
  return new Map(
    (rows as readonly ListedAward[]).map((row) => [textOf(row['award_id']), numberOf(row[column])]),
  );
}

function textOf(value: unknown): string {
  return fromDatabase('key', value) as string;
}

function numberOf(value: unknown): number {
  return fromDatabase('time', value) as number;
}
