import { type AuditLinkRow, type TrailSource, trailSources, type UnsealedLines } from '../store/audit.ts';
import { countIn, numbersIn } from '../store/ranges.ts';
import type { AuditContext } from './audit-context.ts';
import { type AuditHead, headOf } from './audit-head.ts';
import { auditKey, linkMac, tagBytes, tagOf } from './audit-mac.ts';

/**
 * Something that is not as it was written.
 *
 * - `line_missing`, `line_changed`: of a line that a link covers. `line_unchained`: no link covers it, and it does not wait for one: it
 *   was not written through this kit, or what covered it is gone.
 * - `link_missing`: these links are gone. `link_changed`: the link is not the one that was made, or does not follow the one before.
 * - `head_missing`: the chain does not contain a head that it had once: its end was cut off, it was made anew, or the database is an older
 *   backup.
 */
export type AuditProblem =
  | {
      readonly kind: 'line_missing' | 'line_changed';
      readonly link: number;
      readonly source: TrailSource;
      readonly position: number;
    }
  | { readonly kind: 'line_unchained'; readonly source: TrailSource; readonly position: number }
  | { readonly kind: 'link_missing'; readonly from: number; readonly to: number }
  | { readonly kind: 'link_changed'; readonly link: number }
  | { readonly kind: 'head_missing'; readonly head: AuditHead };

/** How to go through the trail. */
export interface VerifyAuditOptions {
  /** Heads that were handed over before; those of other issuers are passed over. */
  readonly heads?: readonly AuditHead[];
  /** Told after each page. `ofLinks` is how many there are, judged by the newest. */
  readonly onProgress?: (progress: { readonly links: number; readonly ofLinks: number }) => void;
  readonly signal?: AbortSignal;
}

/** What the trail is worth. */
export interface AuditVerdict {
  /** Whether everything is as it was written, as far as a chain can tell. */
  readonly intact: boolean;
  readonly links: number;
  /** Lines that links cover. */
  readonly lines: number;
  /** Lines that no link covers yet: until one does, nobody would notice a change of them. */
  readonly waiting: UnsealedLines;
  /** The first 100, in the order in which they were found: links first. */
  readonly problems: readonly AuditProblem[];
  /** Whether there are more. */
  readonly moreProblems: boolean;
  /** Absent before the first link. */
  readonly head?: AuditHead;
}

const linksOfPage = 20;
const mostProblems = 100;

/**
 * Goes through the whole chain of an issuer and everything that hangs on it, a page at a time, while everything else goes on. It needs
 * the key file, and changes nothing.
 *
 * @throws what `signal` was aborted with.
 */
export async function verifyAudit(
  context: AuditContext,
  { heads = [], onProgress, signal }: VerifyAuditOptions = {},
): Promise<AuditVerdict> {
  const { issuer, store } = context;
  const problems = new Problems();
  const check = new ChainCheck(context, problems);
  const ofLinks = (await store.read.lastAuditLink(issuer))?.number ?? 0;
  const wanted = new HeadCheck(heads.filter((head) => head.issuer === issuer));
  for (;;) {
    signal?.throwIfAborted();
    const page = await store.read.auditLinks(issuer, check.last?.number ?? 0, linksOfPage);
    if (page.length === 0) break;
    for (const link of page) {
      await check.follow(link);
      wanted.pass(link);
    }
    onProgress?.({ links: check.links, ofLinks: Math.max(ofLinks, check.links) });
  }
  for (const source of trailSources) {
    signal?.throwIfAborted();
    const positions = await store.read.unchainedLines(issuer, source, mostProblems + 1);
    for (const position of positions) problems.add({ kind: 'line_unchained', source, position });
  }
  for (const problem of wanted.missing()) problems.add(problem);
  const { links, lines, last } = check;
  return {
    intact: problems.first.length === 0,
    links,
    lines,
    waiting: await store.read.unsealed(issuer),
    problems: problems.first,
    moreProblems: problems.more,
    ...(last === undefined ? {} : { head: headOf(last) }),
  };
}

/** Walks along the links. */
class ChainCheck {
  readonly #context: AuditContext;
  readonly #key: Uint8Array;
  readonly #problems: Problems;
  links = 0;
  lines = 0;
  last: AuditLinkRow | undefined;

  constructor(context: AuditContext, problems: Problems) {
    this.#context = context;
    this.#problems = problems;
    this.#key = auditKey(context.lookupKey);
  }

  async follow(link: AuditLinkRow): Promise<void> {
    const { number } = link;
    const due = (this.last?.number ?? 0) + 1;
    const previous = this.last?.mac ?? new Uint8Array();
    this.last = link;
    this.links += 1;
    if (number > due) this.#problems.add({ kind: 'link_missing', from: due, to: number - 1 });
    const itself =
      same(link.mac, linkMac(this.#key, link)) && link.tags.length === countIn(link.ranges) * tagBytes;
    // After a gap nobody can tell what it has to follow.
    const follows = number > due || same(link.previous, previous);
    if (!itself || !follows) this.#problems.add({ kind: 'link_changed', link: number });
    // What a changed link says about its lines is worth nothing.
    if (itself) await this.#compareLines(link);
  }

  async #compareLines({ issuer, number: link, source, ranges, tags }: AuditLinkRow): Promise<void> {
    const positions = [...numbersIn(ranges)];
    const found = await this.#context.store.read.trailAt(issuer, source, positions);
    const now = new Map(found.map((line) => [line.position, tagOf(this.#key, line)]));
    for (const [at, position] of positions.entries()) {
      const tag = now.get(position);
      if (tag === undefined) this.#problems.add({ kind: 'line_missing', link, source, position });
      else if (!same(tag, tags.subarray(at * tagBytes, (at + 1) * tagBytes)))
        this.#problems.add({ kind: 'line_changed', link, source, position });
    }
    this.lines += positions.length;
  }
}

/** Looks for heads that the chain had once. */
class HeadCheck {
  readonly #wanted = new Map<string, AuditHead>();

  constructor(heads: readonly AuditHead[]) {
    for (const head of heads) this.#wanted.set(`${head.number} ${head.mac}`, head);
  }

  pass(link: AuditLinkRow): void {
    const { number, mac } = headOf(link);
    this.#wanted.delete(`${number} ${mac}`);
  }

  missing(): AuditProblem[] {
    return [...this.#wanted.values()].map((head) => ({ kind: 'head_missing', head }));
  }
}

/** The first of them, however many there are. */
class Problems {
  readonly first: AuditProblem[] = [];
  more = false;

  add(problem: AuditProblem): void {
    if (this.first.length < mostProblems) this.first.push(problem);
    else this.more = true;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
