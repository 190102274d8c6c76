import type {
  AwardRow,
  ClaimCodeRow,
  ClaimSessionRow,
  HistoryRow,
  IssuerRow,
  JobRow,
  MailRow,
  MuteRow,
  RecipientRow,
  StopRow,
  SubmissionRow,
} from '../store/rows.ts';
import { binaryArray, type ColumnType } from './binary-array.ts';

/** A table whose columns are the members of a row, in snake case. */
export interface Table<Row> {
  readonly name: string;
  readonly columns: Readonly<Record<keyof Row & string, ColumnType>>;
  /** See {@link selectList}; written once, as a transaction needs those of all tables. */
  readonly selected: string;
  /** The part of {@link insertStatement} behind the name of the table. */
  readonly inserted: string;
}

/** Describes a table. */
export function table<Row>(
  name: string,
  columns: Readonly<Record<keyof Row & string, ColumnType>>,
): Table<Row> {
  const types = Object.entries<ColumnType>(columns);
  const selected = types.map(
    ([member, type]) => `${columnName(member)}${type === 'bigint' ? '::float8' : ''} AS "${member}"`,
  );
  const names = Object.keys(columns).map(columnName).join(', ');
  const arrays = types.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ');
  return {
    name,
    columns,
    selected: selected.join(', '),
    inserted: `(${names}) SELECT * FROM unnest(${arrays})`,
  };
}

/** An award as it is stored: with the state that lists and counts go by. */
export interface StoredAward extends AwardRow {
  readonly state: string;
}

export const issuers = table<IssuerRow>('issuers', {
  issuer: 'text',
  clientId: 'text',
  namespaceFingerprint: 'text',
  claimKeyFingerprint: 'text',
});

export const recipients = table<RecipientRow>('recipients', {
  issuer: 'text',
  id: 'text',
  emailHash: 'bytea',
  subjectHash: 'bytea',
  wrappedKey: 'bytea',
  keyId: 'text',
  sealedPerson: 'bytea',
  createdAt: 'bigint',
});

export const awards = table<AwardRow>('awards', {
  issuer: 'text',
  id: 'text',
  keyHash: 'bytea',
  version: 'integer',
  recipientId: 'text',
  credentialType: 'text',
  course: 'text',
  generation: 'integer',
  facts: 'jsonb',
  sealedCredential: 'bytea',
  payloadHash: 'bytea',
  createdAt: 'bigint',
  revision: 'integer',
});

export const storedAwards = table<StoredAward>('awards', { ...awards.columns, state: 'text' });

export const submissions = table<SubmissionRow>('submissions', {
  issuer: 'text',
  id: 'text',
  awardId: 'text',
  attempt: 'integer',
  payloadHash: 'bytea',
  submittedAt: 'bigint',
  acknowledged: 'boolean',
  outcome: 'text',
  lastAskedAt: 'bigint',
  nextPollAt: 'bigint',
});

export const history = table<HistoryRow>('history', {
  issuer: 'text',
  awardId: 'text',
  at: 'bigint',
  who: 'text',
  what: 'text',
  why: 'text',
  payloadHash: 'bytea',
});

export const mails = table<MailRow>('mails', {
  issuer: 'text',
  id: 'text',
  messageId: 'text',
  recipientId: 'text',
  kind: 'text',
  awardIds: 'jsonb',
  state: 'text',
  createdAt: 'bigint',
  sentAt: 'bigint',
});

export const mutes = table<MuteRow>('mutes', {
  issuer: 'text',
  emailHash: 'bytea',
  mutes: 'text',
  reason: 'text',
  at: 'bigint',
  who: 'text',
});

export const claimSessions = table<ClaimSessionRow>('claim_sessions', {
  issuer: 'text',
  idHash: 'bytea',
  awardId: 'text',
  recipientId: 'text',
  generation: 'integer',
  provedAt: 'bigint',
  provedBy: 'text',
  expiresAt: 'bigint',
});

export const claimCodes = table<ClaimCodeRow>('claim_codes', {
  issuer: 'text',
  awardId: 'text',
  sessionHash: 'bytea',
  emailHash: 'bytea',
  codeHash: 'bytea',
  tries: 'integer',
  expiresAt: 'bigint',
});

export const stopRecord = table<StopRow>('stop_record', {
  issuer: 'text',
  credentialType: 'text',
  stopped: 'boolean',
  at: 'bigint',
  who: 'text',
  why: 'text',
});

/** A job when it is enqueued; how it stands is kept in further columns, see postgres-jobs.ts. */
export interface EnqueuedJob extends JobRow {
  readonly dueAt: number;
}

export const jobs = table<EnqueuedJob>('jobs', {
  issuer: 'text',
  id: 'uuid',
  kind: 'text',
  refs: 'jsonb',
  runAt: 'bigint',
  dueAt: 'bigint',
});

/**
 * `award_id AS "awardId", created_at::float8 AS "createdAt", …`: a selected row is a row of the store as it is. 64-bit
 * integers come as numbers so: they are times and counts, none beyond 2^53.
 */
export function selectList<Row>({ selected }: Table<Row>): string {
  return selected;
}

/** Inserts any number of rows with one statement; its parameters come from {@link columnArrays}. */
export function insertStatement<Row>(schema: string, { name, inserted }: Table<Row>): string {
  return `INSERT INTO ${schema}.${name} ${inserted}`;
}

/** The values of rows, column by column. */
export function columnArrays<Row>({ columns }: Table<Row>, rows: readonly Row[]): Buffer[] {
  return Object.entries<ColumnType>(columns).map(([member, type]) => {
    const name = member as keyof Row & string;
    const values = rows.map((row) => row[name]);
    return binaryArray(type, type === 'jsonb' ? values.map((value) => JSON.stringify(value)) : values);
  });
}

/** How a member of a row is called in its table. */
export function columnName(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
