import { createHash, randomUUID } from 'node:crypto';
import type {
  AwardRow,
  ClaimCodeRow,
  ClaimSessionRow,
  HistoryRow,
  JobRow,
  MailRow,
  MuteRow,
  RecipientRow,
  StopRow,
  SubmissionRow,
} from '../../src/store/rows.ts';

/** A moment in the life of the samples, in milliseconds since the epoch. */
export const start = Date.UTC(2026, 2, 2, 9);

/** An issuer of its own for each test, so that tests share one store. */
export function newIssuer(): string {
  return `issuer-${randomUUID()}`;
}

/** 32 bytes that stand for a keyed hash. */
export function hash(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

export function recipientRow(issuer: string, id: string, change: Partial<RecipientRow> = {}): RecipientRow {
  return {
    issuer,
    id,
    emailHash: hash(`${id}@example.edu`),
    subjectHash: null,
    wrappedKey: hash('wrapped'),
    keyId: 'k1',
    sealedPerson: Uint8Array.of(1, 2, 3, 0, 255),
    createdAt: start,
    ...change,
  };
}

export function awardRow(
  issuer: string,
  id: string,
  recipientId: string,
  change: Partial<AwardRow> = {},
): AwardRow {
  return {
    issuer,
    id,
    keyHash: hash(`key of ${id}`),
    version: 1,
    recipientId,
    credentialType: 'education',
    course: null,
    generation: 1,
    facts: { submissions: [] },
    sealedCredential: Uint8Array.of(4, 5, 6),
    payloadHash: hash('payload'),
    createdAt: start,
    revision: 1,
    ...change,
  };
}

export function submissionRow(
  issuer: string,
  id: string,
  awardId: string,
  change: Partial<SubmissionRow> = {},
): SubmissionRow {
  return {
    issuer,
    id,
    awardId,
    attempt: 1,
    payloadHash: hash('payload'),
    submittedAt: start,
    acknowledged: false,
    outcome: 'open',
    lastAskedAt: null,
    nextPollAt: start + 300_000,
    ...change,
  };
}

export function historyRow(issuer: string, awardId: string, change: Partial<HistoryRow> = {}): HistoryRow {
  return {
    issuer,
    awardId,
    at: start,
    who: 'system',
    what: 'created',
    why: null,
    payloadHash: null,
    ...change,
  };
}

export function mailRow(issuer: string, id: string, change: Partial<MailRow> = {}): MailRow {
  return {
    issuer,
    id,
    messageId: `<${id}.${issuer}@example.edu>`,
    recipientId: 'r1',
    kind: 'claim',
    awardIds: ['a1', 'a2'],
    state: 'intended',
    createdAt: start,
    sentAt: null,
    ...change,
  };
}

export function stopRow(
  issuer: string,
  credentialType: string | null,
  stopped = true,
  change: Partial<StopRow> = {},
): StopRow {
  return { issuer, credentialType, stopped, at: start, who: 'staff-7', why: 'other', ...change };
}

export function muteRow(issuer: string, email: string, change: Partial<MuteRow> = {}): MuteRow {
  return {
    issuer,
    emailHash: hash(email),
    mutes: 'all',
    reason: 'hard_bounce',
    at: start,
    who: 'system',
    ...change,
  };
}

export function sessionRow(issuer: string, change: Partial<ClaimSessionRow> = {}): ClaimSessionRow {
  return {
    issuer,
    idHash: hash('session'),
    awardId: 'a1',
    recipientId: 'r1',
    generation: 1,
    provedAt: null,
    provedBy: null,
    expiresAt: start + 1_800_000,
    ...change,
  };
}

export function codeRow(issuer: string, change: Partial<ClaimCodeRow> = {}): ClaimCodeRow {
  return {
    issuer,
    awardId: 'a1',
    sessionHash: hash('session'),
    emailHash: hash('r1@example.edu'),
    codeHash: hash('123456'),
    tries: 0,
    expiresAt: start + 600_000,
    ...change,
  };
}

export function jobRow(issuer: string, change: Partial<JobRow> = {}): JobRow {
  return { id: randomUUID(), issuer, kind: 'mail', refs: { mailId: 'm1' }, runAt: start, ...change };
}
