import { jobId } from '../jobs/job-id.ts';
import type { JobHandler } from '../jobs/runner.ts';
import type { AuditLinkRow } from '../store/audit.ts';
import type { JobRow } from '../store/rows.ts';
import type { AuditContext } from './audit-context.ts';

/**
 * The end of an issuer's chain at some time. Keep it where whoever may write to the database cannot: it is what tells later that the
 * chain was cut or made anew. It says nothing about anybody.
 */
export interface AuditHead {
  readonly issuer: string;
  /** Of the newest link, from 1. */
  readonly number: number;
  /** Its `mac`, base64url. */
  readonly mac: string;
  /** When that link was made, in milliseconds since the epoch. */
  readonly at: number;
}

/** The end of the chain as it is now; `undefined` before its first link. */
export async function auditHead({ issuer, store }: AuditContext): Promise<AuditHead | undefined> {
  const link = await store.read.lastAuditLink(issuer);
  return link === undefined ? undefined : headOf(link);
}

/** The head that a link is while it is the newest. */
export function headOf({ issuer, number, mac, sealedAt }: AuditLinkRow): AuditHead {
  return { issuer, number, mac: Buffer.from(mac).toString('base64url'), at: sealedAt };
}

/** The kind of job that hands the head over. */
export const auditHeadKind = 'audit_head';

/** The job of a day, by UTC: enqueued by any number of processes it is done once. */
export function auditHeadJob(issuer: string, now: number): JobRow {
  const day = new Date(now).toISOString().slice(0, 10);
  return { id: jobId(issuer, auditHeadKind, day), issuer, kind: auditHeadKind, refs: { day }, runAt: now };
}

/** Hands the head over. What `onHead` throws repeats it later. */
export function auditHeadHandler(
  context: AuditContext,
  onHead: (head: AuditHead) => Promise<void> | void,
): JobHandler {
  return async () => {
    const head = await auditHead(context);
    if (head !== undefined) await onHead(head);
    return undefined;
  };
}
