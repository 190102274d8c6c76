import { type TrailSource, trailSources } from '../store/audit.ts';
import type { StoreTransaction } from '../store/ports.ts';
import { rangesOf } from '../store/ranges.ts';
import type { AuditContext } from './audit-context.ts';
import { auditKey, goneTag, linkMac, tagOf } from './audit-mac.ts';

/** What a run of {@link sealAudit} did. */
export interface SealReport {
  readonly links: number;
  readonly lines: number;
  /** `busy`: another process is at it. */
  readonly ended: 'nothing_waits' | 'busy' | 'out_of_time' | 'aborted';
}

const linesOfLink = 1_000;

/**
 * Hangs what was written since on the issuer's chain, so that it can no longer be changed or deleted unnoticed. `runDue` of a flow
 * does it; any number of processes may.
 */
export async function sealAudit(
  context: AuditContext,
  { budgetMs, signal }: { readonly budgetMs: number; readonly signal?: AbortSignal },
): Promise<SealReport> {
  const { issuer, store, clock } = context;
  const until = clock.now() + budgetMs;
  const done = { links: 0, lines: 0 };
  let more = (await store.read.unsealed(issuer)).lines > 0;
  while (more) {
    if (signal?.aborted === true) return { ...done, ended: 'aborted' };
    if (clock.now() >= until) return { ...done, ended: 'out_of_time' };
    const added = await store.transaction((tx) => addLinks(context, tx));
    if (added === 'busy') return { ...done, ended: added };
    done.links += added.links;
    done.lines += added.lines;
    more = added.more;
  }
  return { ...done, ended: 'nothing_waits' };
}

/** At most one link for each source. `more`: one of them was full. */
async function addLinks(
  context: AuditContext,
  tx: StoreTransaction,
): Promise<{ links: number; lines: number; more: boolean } | 'busy'> {
  const { issuer, lookupKey, clock } = context;
  if (!(await tx.lockAuditChain(issuer))) return 'busy';
  const key = auditKey(lookupKey);
  let last = await tx.lastAuditLink(issuer);
  let links = 0;
  let lines = 0;
  let more = false;
  for (const source of trailSources) {
    const positions = await tx.takeUnsealed(issuer, source, linesOfLink);
    if (positions.length === 0) continue;
    const link = {
      issuer,
      number: (last?.number ?? 0) + 1,
      source,
      ranges: rangesOf(positions),
      tags: await tagsOf(tx, key, issuer, source, positions),
      previous: last?.mac ?? new Uint8Array(),
      sealedAt: clock.now(),
    };
    last = { ...link, mac: linkMac(key, link) };
    await tx.insertAuditLink(last);
    links += 1;
    lines += positions.length;
    more ||= positions.length >= linesOfLink;
  }
  return { links, lines, more };
}

/** A line that has gone before it was covered is covered as gone: so the chain says that there was one. */
async function tagsOf(
  tx: StoreTransaction,
  key: Uint8Array,
  issuer: string,
  source: TrailSource,
  positions: readonly number[],
): Promise<Uint8Array> {
  const lines = await tx.trailAt(issuer, source, positions);
  const tags = new Map(lines.map((line) => [line.position, tagOf(key, line)]));
  return Buffer.concat(positions.map((position) => tags.get(position) ?? goneTag));
}
