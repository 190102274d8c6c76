import type { ErasureRow } from '../store/erasures.ts';

/**
 * How far an erasure has come.
 *
 * - `pending` on `key_in_use`: the data is unreadable here, but a restored backup of the database could be read with the key file as it
 *   is. `finishErasures` takes the keys out.
 * - `pending` on `key_backup`: the keys are gone from the key file, and `until` then its backups still have them.
 * - `complete`: no copy of the database can be read any more.
 */
export type ErasureStanding =
  | { readonly standing: 'pending'; readonly on: 'key_in_use'; readonly keyIds: readonly string[] }
  | { readonly standing: 'pending'; readonly on: 'key_backup'; readonly until: number }
  | { readonly standing: 'complete'; readonly since: number };

const dayMs = 24 * 3_600_000;

/** How far an erasure has come, by the days for which backups of the key file are kept. */
export function standingOfErasure(
  { keyIds, keysDroppedAt }: Pick<ErasureRow, 'keyIds' | 'keysDroppedAt'>,
  keyBackupDays: number,
  now: number,
): ErasureStanding {
  if (keysDroppedAt === null) return { standing: 'pending', on: 'key_in_use', keyIds };
  const until = keysDroppedAt + keyBackupDays * dayMs;
  return now < until
    ? { standing: 'pending', on: 'key_backup', until }
    : { standing: 'complete', since: until };
}
