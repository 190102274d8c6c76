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
} from '../rows.ts';
import { auditTables } from './memory-audit.ts';
import { documentTables } from './memory-documents.ts';
import { erasureTables } from './memory-erasures.ts';
import { inboxTables } from './memory-inbox.ts';
import { reportTables } from './memory-reports.ts';
import { verificationTables } from './memory-verifications.ts';
import { keyOf, MemoryTable } from './memory-table.ts';

/** A job and how it stands. A lease is over when another claim raised `attempt`, or it was settled. */
export interface StoredJob extends JobRow {
  readonly state: 'waiting' | 'leased' | 'done' | 'dead';
  readonly attempt: number;
  /** When it is due: its `runAt`, or the end of its lease; of a job that ended, the end of its last lease. */
  readonly dueAt: number;
  readonly reason: string | null;
}

/** A line of history with its place in the order of appending. */
export interface StoredHistory {
  readonly position: number;
  readonly line: HistoryRow;
}

/** A turn of the kill switch with its place in the order of turning. */
export interface StoredStop {
  readonly position: number;
  readonly stop: StopRow;
}

/** Names what is stopped; no credential type is called `*`. */
export function stopKey({ issuer, credentialType }: Pick<StopRow, 'issuer' | 'credentialType'>): string {
  return keyOf(issuer, credentialType ?? '*');
}

/** All tables of a memory store. */
export function createMemoryTables() {
  return {
    ...auditTables(),
    ...documentTables(),
    ...erasureTables(),
    ...inboxTables(),
    ...reportTables(),
    ...verificationTables(),
    issuers: new MemoryTable<IssuerRow>((row) => row.issuer),
    recipients: new MemoryTable<RecipientRow>((row) => keyOf(row.issuer, row.id), {
      issuer: (row) => row.issuer,
      email: (row) => keyOf(row.issuer, row.emailHash),
      subject: (row) => (row.subjectHash === null ? undefined : keyOf(row.issuer, row.subjectHash)),
    }),
    awards: new MemoryTable<AwardRow>((row) => keyOf(row.issuer, row.id), {
      issuer: (row) => row.issuer,
      key: (row) => keyOf(row.issuer, row.keyHash),
      recipient: (row) => keyOf(row.issuer, row.recipientId),
    }),
    submissions: new MemoryTable<SubmissionRow>((row) => keyOf(row.issuer, row.id), {
      award: (row) => keyOf(row.issuer, row.awardId),
      polled: (row) => (row.nextPollAt === null ? undefined : row.issuer),
    }),
    history: new MemoryTable<StoredHistory>((row) => String(row.position), {
      award: ({ line }) => keyOf(line.issuer, line.awardId),
    }),
    mails: new MemoryTable<MailRow>((row) => keyOf(row.issuer, row.id), {
      state: (row) => keyOf(row.issuer, row.state),
      issuer: (row) => row.issuer,
      recipient: (row) => keyOf(row.issuer, row.recipientId),
      messageId: (row) => row.messageId,
    }),
    mutes: new MemoryTable<MuteRow>((row) => keyOf(row.issuer, row.emailHash, row.mutes), {
      email: (row) => keyOf(row.issuer, row.emailHash),
      kind: (row) => keyOf(row.issuer, row.mutes),
    }),
    sessions: new MemoryTable<ClaimSessionRow>((row) => keyOf(row.issuer, row.idHash)),
    codes: new MemoryTable<ClaimCodeRow>((row) => keyOf(row.issuer, row.awardId)),
    stops: new MemoryTable<StopRow>(stopKey),
    stopRecord: new MemoryTable<StoredStop>(({ position }) => String(position), {
      issuer: ({ stop }) => stop.issuer,
    }),
    jobs: new MemoryTable<StoredJob>((row) => keyOf(row.issuer, row.id), {
      open: (row) =>
        row.state === 'waiting' || row.state === 'leased' ? keyOf(row.issuer, row.kind) : undefined,
      dead: (row) => (row.state === 'dead' ? row.issuer : undefined),
    }),
  };
}

export type MemoryTables = ReturnType<typeof createMemoryTables>;
