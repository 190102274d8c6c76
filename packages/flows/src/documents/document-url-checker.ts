import type { FileType } from '../store/documents.ts';
import {
  type DocumentUrlCheck,
  type DocumentUrlOptions,
  type DocumentUrlReason,
  followDocumentUrl,
} from './check-document-url.ts';

/** Checks the addresses of many documents. `type`: what the file is to be. */
export type DocumentUrlChecker = (url: string, type?: FileType) => Promise<DocumentUrlCheck>;

/** Settings of {@link createDocumentUrlChecker}. */
export interface DocumentUrlCheckerOptions extends Omit<DocumentUrlOptions, 'type'> {
  /** How many are asked for at the same time. Default 8. */
  readonly concurrency?: number;
}

/** Of the host and not of one address: whoever has a thousand documents there is not asked a thousand times. */
const ofHost: ReadonlySet<DocumentUrlReason> = new Set([
  'no_such_host',
  'private_address',
  'bad_certificate',
  'no_answer',
  'timed_out',
]);

/** More is forgotten, and asked again. */
const mostKnown = 10_000;

/**
 * A {@link checkDocumentUrl} for many: few at the same time, each address once, and a host that cannot be reached once. What it knows it keeps,
 * so make one for each run.
 */
export function createDocumentUrlChecker({
  concurrency = 8,
  ...options
}: DocumentUrlCheckerOptions = {}): DocumentUrlChecker {
  const known = new Map<string, Promise<DocumentUrlCheck>>();
  const hosts = new Map<string, DocumentUrlCheck>();
  const waiting: Array<() => void> = [];
  let running = 0;

  const check = async (url: string, type: FileType | undefined): Promise<DocumentUrlCheck> => {
    if (running >= concurrency) await new Promise<void>((turn) => waiting.push(turn));
    else running += 1;
    try {
      const host = URL.canParse(url) ? new URL(url).host : '';
      const ofThisHost = hosts.get(host);
      if (ofThisHost !== undefined) return ofThisHost;
      const ended = await followDocumentUrl(url, { ...options, ...(type === undefined ? {} : { type }) });
      // Where it ended: the host that one link leads away from may be good.
      if (ended.host !== undefined && ofHost.has(ended.check.because)) hosts.set(ended.host, ended.check);
      return ended.check;
    } finally {
      // Whoever waits takes over the place.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };

  return (url, type) => {
    const key = `${type ?? ''} ${url}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= mostKnown) {
      known.clear();
      hosts.clear();
    }
    const judged = check(url, type);
    known.set(key, judged);
    return judged;
  };
}
