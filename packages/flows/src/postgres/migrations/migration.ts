import { createHash } from 'node:crypto';
import { firstSchema } from './0001-first-schema.ts';
import { recordOfStops } from './0002-record-of-stops.ts';
import { mailsAndMutes } from './0003-mails-and-mutes.ts';
import { sharedRates } from './0004-shared-rates.ts';
import { receipts } from './0005-receipts.ts';
import { audit } from './0006-audit.ts';
import { verifications } from './0007-verifications.ts';
import { inbox } from './0008-inbox.ts';
import { documents } from './0009-documents.ts';
import { erasures } from './0010-erasures.ts';
import { reports } from './0011-reports.ts';

/** One step of the schema. Once released it never changes. */
export interface Migration {
  /** Counts from 1, without gaps. */
  readonly number: number;
  readonly name: string;
  /** The statements, for a schema of this name. */
  readonly sql: (schema: string) => string;
}

/** All steps, in order. */
export const migrations: readonly Migration[] = [
  { number: 1, name: 'first schema', sql: firstSchema },
  { number: 2, name: 'record of stops', sql: recordOfStops },
  { number: 3, name: 'mails and mutes', sql: mailsAndMutes },
  { number: 4, name: 'shared rates', sql: sharedRates },
  { number: 5, name: 'receipts', sql: receipts },
  { number: 6, name: 'audit', sql: audit },
  { number: 7, name: 'verifications', sql: verifications },
  { number: 8, name: 'inbox', sql: inbox },
  { number: 9, name: 'documents', sql: documents },
  { number: 10, name: 'erasures', sql: erasures },
  { number: 11, name: 'reports', sql: reports },
];

/** Tells a step from a changed one, whatever the schema is called. */
export function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql('schema')).digest('hex');
}
