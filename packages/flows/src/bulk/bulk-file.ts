import { createHash } from 'node:crypto';
import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import { type AwardInput, latestToday } from '../awards/award-input.ts';
import type { CheckedFile, CheckedRow, CheckRowsOptions } from './check-rows.ts';
import { checkFile } from './check-rows.ts';

/** A file of awards, which is read several times: for the dry run, and for issuing. */
export interface BulkFile extends Omit<CheckRowsOptions, 'needed' | 'today' | 'now'> {
  /** Its bytes from the start, each time: `() => createReadStream(path)`. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Look only at the awards of these keys: those that were refused the last time, by `refusedKeys`. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** A row as an award, unless something keeps it from being one. */
export interface BulkRow extends CheckedRow {
  readonly input: AwardInput | undefined;
}

/** Opens a file for issuing: it needs a key for each award. */
export async function openBulkFile(
  { clock }: FlowContext,
  { open, only, ...options }: BulkFile,
): Promise<Omit<CheckedFile, 'rows'> & { readonly rows: AsyncGenerator<BulkRow, void, undefined> }> {
  const now = clock.now();
  const file = await checkFile(open(), {
    ...options,
    now,
    today: latestToday(now),
    needed: ['key', 'email'],
  });
  async function* rows(): AsyncGenerator<BulkRow, void, undefined> {
    for await (const row of file.rows) {
      if (only !== undefined && !only.has(row.key)) continue;
      yield { ...row, input: inputOf(row) };
    }
  }
  return { ...file, rows: rows() };
}

function inputOf({ key, recipient, credential, file }: CheckedRow): AwardInput | undefined {
  if (credential === undefined) return undefined;
  return { key, recipient, credential, ...(file === undefined ? {} : { file }) };
}

/** How many bytes of files a row holds. */
export function bytesOfRow({ file }: CheckedRow): number {
  return file?.bytes.length ?? 0;
}

/**
 * What a file is known by: its bytes and what is read out of them. The same file in the same way is the same run, so that repeating it
 * resumes it. Keyed: whoever has the store cannot try out files.
 */
export async function fingerprintOf(
  { lookupKey, issuer }: FlowContext,
  { open, mapping, type, delimiter, sheet, only }: BulkFile,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of open()) hash.update(chunk);
  const way = { mapping, type, delimiter, sheet, only: only === undefined ? undefined : [...only].sort() };
  const what = `${hash.digest('hex')} ${JSON.stringify(way)}`;
  return Buffer.from(lookupHash(lookupKey, issuer, 'bulk_file', what).subarray(0, 16)).toString('base64url');
}
