import type { StopRow, StoreReads, StoreTransaction } from '@seek-pass-kit/flows';
import { gather } from '@seek-pass-kit/flows/store';
import { holdLock, shareLock } from './locks.ts';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';

/** Turns of the kill switch, in the order of their `position`. */
export const stopRecord = table<StopRow>('stop_record', {
  issuer: 'key',
  credentialType: 'text',
  stopped: 'boolean',
  at: 'time',
  who: 'text',
  why: 'text',
});

/** A turn as it is recorded: it hangs on no chain yet. */
const recordedStops = table<StopRow & { readonly sealed: boolean }>('stop_record', {
  ...stopRecord.columns,
  sealed: 'boolean',
});

interface StoppedRow {
  readonly issuer: string;
  /** {@link wholeIssuer} for all of the issuer. */
  readonly credentialType: string;
}

const stops = table<StoppedRow>('stops', { issuer: 'key', credentialType: 'key' });

const wholeIssuer = '*';

const lockName = (issuer: string) => `stops of ${issuer}`;

/** Look-ups of the kill switch. */
export function stopReads(sql: Sql): Pick<StoreReads, 'isStopped' | 'stops'> {
  return {
    async isStopped(issuer, credentialType) {
      const types = await stoppedTypes(sql, issuer);
      return types.has(wholeIssuer) || types.has(credentialType ?? wholeIssuer);
    },
    stops: (issuer, limit) =>
      sql.select(stopRecord, (query) =>
        match(stopRecord, { issuer })(query).orderBy('position', 'desc').limit(limit),
      ),
  };
}

/** Changes of the kill switch. */
export function stopChanges(sql: Sql): Pick<StoreTransaction, 'isStopped' | 'setStopped'> {
  // A stop takes the whole lock of its issuer: it waits for all who have read that there is none, and they read after they have their share.
  const typesOf = gather<string, ReadonlySet<string>>({
    async together(issuers) {
      const found = new Map<string, ReadonlySet<string>>();
      for (const issuer of [...new Set(issuers)].sort()) {
        await shareLock(sql, lockName(issuer));
        found.set(issuer, await stoppedTypes(sql, issuer));
      }
      return issuers.map((issuer) => found.get(issuer) ?? new Set<string>());
    },
  });
  return {
    async isStopped(issuer, credentialType) {
      const types = await typesOf(issuer);
      return types.has(wholeIssuer) || types.has(credentialType ?? wholeIssuer);
    },
    async setStopped(stop) {
      const { issuer } = stop;
      const stopped = { issuer, credentialType: stop.credentialType ?? wholeIssuer };
      await holdLock(sql, lockName(issuer));
      if (stop.stopped) await sql.insertMissing(stops, [stopped], ['issuer', 'credentialType']);
      else await sql.remove(stops, match(stops, stopped));
      await sql.insert(recordedStops, [{ ...stop, sealed: false }]);
    },
  };
}

async function stoppedTypes(sql: Sql, issuer: string): Promise<ReadonlySet<string>> {
  const rows = await sql.select(stops, match(stops, { issuer }));
  return new Set(rows.map(({ credentialType }) => credentialType));
}
