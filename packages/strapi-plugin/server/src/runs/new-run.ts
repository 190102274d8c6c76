import { randomBytes } from 'node:crypto';
import { countResults, createRunKey, openRunVault } from '@seek-pass-kit/flows/bulk';
import type { FlowContext } from '@seek-pass-kit/flows';
import type { SealedSource } from './run-source.ts';
import { sealSource } from './run-source.ts';
import type { StoredRow, StoredRun } from './run-tables.ts';

/** A run and its rows, to be stored. */
export interface NewRun {
  readonly run: Omit<StoredRun, 'issuer'>;
  readonly rows: Array<Omit<StoredRow, 'issuer'>>;
}

/** What a new run is made of. */
type Given = Pick<StoredRun, 'source' | 'who' | 'contentType' | 'mapping' | 'locale' | 'retryOf'>;

/** A run that is to be looked through, with a key of its own. */
export async function newRun(
  context: FlowContext,
  given: Given,
  { source, documentIds = [] }: { readonly source?: SealedSource; readonly documentIds?: readonly string[] },
): Promise<NewRun> {
  const id = randomBytes(16).toString('base64url');
  const key = await createRunKey(context, id);
  const vault = await openRunVault(context, id, key);
  return {
    run: {
      ...given,
      ...key,
      id,
      state: 'checking',
      pause: null,
      createdAt: context.clock.now(),
      confirmedAt: null,
      endedAt: null,
      sealedSource: source === undefined ? null : sealSource(vault, source),
      total: documentIds.length,
      looked: 0,
      decided: 0,
      planned: countResults().counts,
      results: countResults().counts,
      reasons: [],
      people: 0,
      firstAwards: 0,
      begun: null,
      problem: null,
      lease: 0,
      leasedUntil: 0,
    },
    rows: documentIds.map((documentId, at) => newRow(id, at + 1, documentId)),
  };
}

/** A row that nobody has looked at. */
export function newRow(runId: string, number: number, documentId: string | null): Omit<StoredRow, 'issuer'> {
  return {
    runId,
    number,
    documentId,
    planned: null,
    result: null,
    person: null,
    fingerprint: null,
    awardId: null,
    version: null,
    findings: [],
    sealed: null,
  };
}
