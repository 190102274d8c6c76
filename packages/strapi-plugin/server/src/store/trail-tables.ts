import type { AuditLinkRow, AuditRow, HistoryRow, StopRow, TrailSource } from '@seek-pass-kit/flows';
import { history } from './history.ts';
import { stopRecord } from './stops.ts';
import { type Table, table } from './table.ts';

/** What people and the kit did to an issuer, beside the history of its awards. */
export const audit = table<AuditRow>('audit', {
  issuer: 'key',
  at: 'time',
  who: 'text',
  what: 'text',
  about: 'key',
  why: 'text',
});

/** A line of the trail as it is stored. */
type Stored<Row> = Row & {
  /** Its place in the order of writing. */
  readonly position: number;
  /** Whether a link of the chain covers it. The database refuses every other change of a line: see insert-only.ts. */
  readonly sealed: boolean;
};

const ofStored = { position: 'position', sealed: 'boolean' } as const;

/** The tables of the trail, by the source of their lines. */
export const trailTables = {
  award: table<Stored<HistoryRow>>('history', { ...history.columns, ...ofStored }),
  audit: table<Stored<AuditRow>>('audit', { ...audit.columns, ...ofStored }),
  stop: table<Stored<StopRow>>('stop_record', { ...stopRecord.columns, ...ofStored }),
};

/** The lines of a source, whatever else they say. */
export function linesOfSource(source: TrailSource): Table<Stored<{ readonly issuer: string }>> {
  return trailTables[source];
}

/** A link as it is stored. Its ranges are read with care: somebody may have written anything there. */
interface StoredLink extends Omit<AuditLinkRow, 'ranges'> {
  readonly ranges: string;
}

/** The links of the chains. */
export const auditLinks = table<StoredLink>('audit_links', {
  issuer: 'key',
  number: 'time',
  source: 'key',
  ranges: 'text',
  tags: 'bytes',
  previous: 'hash',
  sealedAt: 'time',
  mac: 'hash',
});

/** Positions from, to, from, to, …; none where somebody put something else. */
export function rangesFrom(text: string): number[] {
  try {
    const ranges: unknown = JSON.parse(text);
    return Array.isArray(ranges) && ranges.every(Number.isFinite) ? ranges : [];
  } catch {
    return [];
  }
}
