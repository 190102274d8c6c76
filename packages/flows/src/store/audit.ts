import type { HistoryRow, StopRow } from './rows.ts';

/**
 * One line of what people and the kit did to an issuer, beside what happened to its awards (see `HistoryRow`). Never personal: who is an
 * actor id of the host, and about is the id of a row.
 */
export interface AuditRow {
  readonly issuer: string;
  readonly at: number;
  /** `system`, `learner`, or the host's id of a member of staff. */
  readonly who: string;
  /** What was done: `erased`, `hold_placed`, `webhook_secret_rotated`, … */
  readonly what: string;
  /** What it was done to: `recipient:<id>`, `verification:<id>`, `webhook:<id>`, `event:<id>`, `key:<id>`, `document:<id>`; `null`: the issuer. */
  readonly about: string | null;
  /** A reason of a fixed list, or a detail. No personal data. */
  readonly why: string | null;
}

/** The rows that the audit trail is made of, by where they come from. */
interface TrailRows {
  /** The history of awards. */
  readonly award: HistoryRow;
  /** Everything else that was done to an issuer. */
  readonly audit: AuditRow;
  /** Turns of the kill switch. */
  readonly stop: StopRow;
}

/** Where a line of the trail comes from. */
export type TrailSource = keyof TrailRows;

/** Every {@link TrailSource}. */
export const trailSources: readonly TrailSource[] = ['audit', 'award', 'stop'];

/** A line of the trail. Its position counts up within its source, for all issuers together; it tells the order, and may leave gaps. */
export type TrailLine = {
  [Source in TrailSource]: {
    readonly source: Source;
    readonly position: number;
    readonly row: TrailRows[Source];
  };
}[TrailSource];

/**
 * One link of the chain that an issuer's trail hangs on: what these lines said, and what the link before was, under a key that is not in
 * the store.
 */
export interface AuditLinkRow {
  readonly issuer: string;
  /** Counts from 1, without gaps. */
  readonly number: number;
  readonly source: TrailSource;
  /** Positions of the lines it covers: from, to, from, to, …, both included, ascending. */
  readonly ranges: readonly number[];
  /** 16 bytes for each of these lines, in their order. */
  readonly tags: Uint8Array;
  /** The `mac` of the link before; empty for the first. */
  readonly previous: Uint8Array;
  readonly sealedAt: number;
  /** 32 bytes over everything above. */
  readonly mac: Uint8Array;
}

/** Lines that no link covers yet. */
export interface UnsealedLines {
  readonly lines: number;
  /** When the longest waiting of them was written; `null` when none waits. */
  readonly oldestAt: number | null;
}

/** Which lines of the trail to read. */
export interface TrailQuery {
  readonly issuer: string;
  readonly source: TrailSource;
  /** After this position; 0 is the beginning. */
  readonly after: number;
  readonly limit: number;
  /** Only lines of this time or later. */
  readonly since?: number;
}

/** Look-ups of the audit trail. */
export interface AuditReads {
  /** Newest first. */
  auditOf(issuer: string, about: string | null, limit: number): Promise<AuditRow[]>;
  /** By position, ascending. */
  trail(query: TrailQuery): Promise<TrailLine[]>;
  /** The lines at these positions, as far as there are any of this issuer; ascending. */
  trailAt(issuer: string, source: TrailSource, positions: readonly number[]): Promise<TrailLine[]>;
  /** The newest link. */
  lastAuditLink(issuer: string): Promise<AuditLinkRow | undefined>;
  /** By number, ascending, after the link `after`; 0 is the beginning. */
  auditLinks(issuer: string, after: number, limit: number): Promise<AuditLinkRow[]>;
  /** What waits to be covered by a link. */
  unsealed(issuer: string): Promise<UnsealedLines>;
  /**
   * Positions of lines that no link covers and that do not wait for one either, ascending: nobody wrote them through this kit. Links that
   * {@link AuditReads.auditLinks} cannot come to, with numbers below 1, cover nothing.
   */
  unchainedLines(issuer: string, source: TrailSource, limit: number): Promise<number[]>;
}

/** Changes of the audit trail. Nothing of it is ever changed or deleted. */
export interface AuditChanges {
  appendAudit(rows: readonly AuditRow[]): Promise<void>;
  /** Keeps everybody else from adding links until the transaction ends; `false`, without waiting, when somebody else does. */
  lockAuditChain(issuer: string): Promise<boolean>;
  /**
   * Takes lines that wait for a link, about `limit` of them, those that have waited longest: positions, ascending. The link must be
   * stored in the same transaction. A line may have gone meanwhile; its position says that it was there.
   */
  takeUnsealed(issuer: string, source: TrailSource, limit: number): Promise<number[]>;
  insertAuditLink(row: AuditLinkRow): Promise<void>;
}
