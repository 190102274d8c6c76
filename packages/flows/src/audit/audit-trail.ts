import { lookupHash } from '../keys/lookup-hash.ts';
import { type TrailLine, type TrailSource, trailSources } from '../store/audit.ts';
import type { AuditContext } from './audit-context.ts';

/** One line of who did what, when and why. Ids only; whose they are the host knows. */
export interface TrailEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `system`, `learner`, or the host's id of a member of staff. */
  readonly who: string;
  readonly what: string;
  /** What it was done to: `award:<id>`, `credential_type:<type>`, or as `AuditRow` says; `null`: the issuer as a whole. */
  readonly about: string | null;
  readonly why: string | null;
}

/** Which part of the trail to read. */
export interface TrailFilter {
  /**
   * `award:<key>` with the business key of an award, or with its id: all its versions. Anything else as `about` of a {@link TrailEntry};
   * of these at most the newest 1,000. Default: everything.
   */
  readonly about?: string;
  /** Nothing before this time, in milliseconds since the epoch. */
  readonly since?: number;
}

const pageSize = 1_000;

/** The trail of an issuer, in the order of time. Read by pages: it may be as long as it likes. */
export async function* auditTrail(
  context: AuditContext,
  { about, since = 0 }: TrailFilter = {},
): AsyncGenerator<TrailEntry, void, undefined> {
  if (about === undefined) {
    yield* inOrder(trailSources.map((source) => entriesOf(context, source, since)));
    return;
  }
  const entries = await entriesAbout(context, about);
  yield* entries.filter(({ at }) => at >= since).sort((a, b) => a.at - b.at);
}

async function* entriesOf(
  { issuer, store }: AuditContext,
  source: TrailSource,
  since: number,
): AsyncGenerator<TrailEntry, void, undefined> {
  for (let after = 0; ; ) {
    const page = await store.read.trail({ issuer, source, after, limit: pageSize, since });
    yield* page.map(entryOf);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

async function entriesAbout(
  { issuer, store, lookupKey }: AuditContext,
  about: string,
): Promise<TrailEntry[]> {
  const award = /^award:(.+)$/s.exec(about)?.[1];
  const said = async (subject: string) =>
    (await store.read.auditOf(issuer, subject, pageSize))
      .toReversed()
      .map((row) => entryOf({ source: 'audit', position: 0, row }));
  if (award === undefined) return said(about);
  const versions = await store.read.awardVersions(
    issuer,
    lookupHash(lookupKey, issuer, 'business_key', award),
  );
  const ids = versions.length === 0 ? [award] : versions.map(({ id }) => id);
  const entries: TrailEntry[] = [];
  for (const id of ids) {
    const history = await store.read.history(issuer, id);
    entries.push(...history.map((row) => entryOf({ source: 'award', position: 0, row })));
    entries.push(...(await said(`award:${id}`)));
  }
  return entries;
}

function entryOf(line: TrailLine): TrailEntry {
  const { at, who, why } = line.row;
  switch (line.source) {
    case 'award':
      return { at, who, what: line.row.what, about: `award:${line.row.awardId}`, why };
    case 'audit':
      return { at, who, what: line.row.what, about: line.row.about, why };
    case 'stop': {
      const { stopped, credentialType } = line.row;
      const about = credentialType === null ? null : `credential_type:${credentialType}`;
      return { at, who, what: stopped ? 'issuing_stopped' : 'issuing_resumed', about, why };
    }
  }
}

/** Of several streams that are each in the order of time one. */
async function* inOrder(
  streams: ReadonlyArray<AsyncGenerator<TrailEntry, void, undefined>>,
): AsyncGenerator<TrailEntry, void, undefined> {
  const open = await Promise.all(streams.map(async (stream) => ({ stream, next: await stream.next() })));
  for (;;) {
    const [earliest] = open
      .flatMap((one) => (one.next.done === true ? [] : [{ one, entry: one.next.value }]))
      .sort((a, b) => a.entry.at - b.entry.at);
    if (earliest === undefined) return;
    yield earliest.entry;
    earliest.one.next = await earliest.one.stream.next();
  }
}
