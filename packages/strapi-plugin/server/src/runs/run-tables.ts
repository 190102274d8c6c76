import type { ResultCounts, RowOutcome } from '@seek-pass-kit/flows/bulk';
import type { RunPause, RunReason, RunSource, RunState } from '../../../contract/runs.ts';
import { table } from '../store/table.ts';

/** A run as it is stored. */
export interface StoredRun {
  readonly issuer: string;
  readonly id: string;
  readonly source: RunSource;
  readonly state: RunState;
  readonly pause: RunPause | null;
  readonly who: string;
  readonly contentType: string | null;
  /** Of entries: the name of the mapping; of an import: the credential type. */
  readonly mapping: string;
  readonly locale: string | null;
  readonly retryOf: string | null;
  readonly createdAt: number;
  readonly confirmedAt: number | null;
  readonly endedAt: number | null;
  /** Deleted some days after the end, and with it everything the run sealed. */
  readonly wrappedKey: Uint8Array | null;
  readonly keyId: string | null;
  /** What the rows come from: the filter of a list, the columns of a file. A filter may hold a name. */
  readonly sealedSource: Uint8Array | null;
  readonly total: number;
  readonly looked: number;
  readonly decided: number;
  readonly planned: ResultCounts;
  readonly results: ResultCounts;
  readonly reasons: readonly RunReason[];
  readonly people: number;
  /** Awards that still go out before a person is asked again. 0: all. */
  readonly firstAwards: number;
  /** The last person of the piece that was begun last: up to here awards may be stored although their rows do not say so. */
  readonly begun: string | null;
  readonly problem: string | null;
  /** Goes up with each worker that takes the run: what a former one still writes does not count. */
  readonly lease: number;
  readonly leasedUntil: number;
}

/** A row of a run as it is stored. */
export interface StoredRow {
  readonly issuer: string;
  readonly runId: string;
  readonly number: number;
  readonly documentId: string | null;
  readonly planned: RowOutcome['result'] | null;
  readonly result: RowOutcome['result'] | null;
  /** Whose it is, as a keyed hash of the run. */
  readonly person: string | null;
  /** Of what the dry run showed: anything else is not issued. */
  readonly fingerprint: string | null;
  readonly awardId: string | null;
  readonly version: number | null;
  readonly findings: RowOutcome['findings'];
  /** Of an import: the key and, until it is issued, the award that it says. */
  readonly sealed: Uint8Array | null;
}

export const runs = table<StoredRun>('runs', {
  issuer: 'key',
  id: 'key',
  source: 'key',
  state: 'key',
  pause: 'key',
  who: 'text',
  contentType: 'text',
  mapping: 'text',
  locale: 'text',
  retryOf: 'key',
  createdAt: 'time',
  confirmedAt: 'time',
  endedAt: 'time',
  wrappedKey: 'bytes',
  keyId: 'key',
  sealedSource: 'bytes',
  total: 'integer',
  looked: 'integer',
  decided: 'integer',
  planned: 'json',
  results: 'json',
  reasons: 'json',
  people: 'integer',
  firstAwards: 'integer',
  begun: 'key',
  problem: 'text',
  lease: 'integer',
  leasedUntil: 'time',
});

export const runRows = table<StoredRow>('run_rows', {
  issuer: 'key',
  runId: 'key',
  number: 'integer',
  documentId: 'key',
  planned: 'key',
  result: 'key',
  person: 'key',
  fingerprint: 'key',
  awardId: 'key',
  version: 'integer',
  findings: 'json',
  sealed: 'bytes',
});
