import { once } from 'node:events';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import type { FileType } from '../store/documents.ts';
import { fileTypeOf } from './file-type.ts';
import { askPinned, type PinnedAnswer } from './ask-pinned.ts';
import { isPublicAddress } from './public-address.ts';
import { isError } from '../is-error.ts';

/**
 * Why an address is judged so. Nothing else of an answer goes to the caller, so that nobody can read a network through it.
 *
 * - `file`: a PDF or picture comes back, without login. The only `yes`.
 * - `not_a_url`, `not_https`, `other_port`, `names_a_user`: the address itself; nothing was asked.
 * - `no_such_host`: the name is not known. `private_address`: it leads into a network that SEEK Pass cannot reach, and we will not.
 * - `bad_certificate`, `needs_login`, `not_found`, `refused`: what the server said.
 * - `other_content`: something comes back, but not a file of that type: a page, for instance.
 * - `too_many_redirects`: more than three.
 * - `no_answer`, `timed_out`, `server_error`: `unknown`: it may work later, or from elsewhere.
 */
export type DocumentUrlReason =
  | 'file'
  | 'not_a_url'
  | 'not_https'
  | 'other_port'
  | 'names_a_user'
  | 'no_such_host'
  | 'private_address'
  | 'bad_certificate'
  | 'needs_login'
  | 'not_found'
  | 'refused'
  | 'other_content'
  | 'too_many_redirects'
  | 'no_answer'
  | 'timed_out'
  | 'server_error';

/** Whether SEEK Pass will be able to fetch a document from a public address. */
export interface DocumentUrlCheck {
  readonly reachable: 'yes' | 'no' | 'unknown';
  readonly because: DocumentUrlReason;
}

/** One address of a host, as it was resolved. */
export interface PinnedTarget {
  readonly address: string;
  readonly port: 443;
  /** For the certificate; absent when the URL names an IP address. */
  readonly servername?: string;
}

/** How {@link checkDocumentUrl} reaches the network. */
export interface DocumentUrlOptions {
  /** What the file is to be. Default: any file that SEEK Pass takes. */
  readonly type?: FileType;
  /** Of the whole check, redirects included, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Addresses of a host name. Default: those of this machine's resolver. */
  readonly lookup?: (hostname: string) => Promise<ReadonlyArray<{ readonly address: string }>>;
  /** Opens a TLS connection to exactly this address. */
  readonly connect?: (target: PinnedTarget) => Duplex;
}

const mostRedirects = 3;

const reasons: Readonly<Record<DocumentUrlReason, DocumentUrlCheck['reachable']>> = {
  file: 'yes',
  not_a_url: 'no',
  not_https: 'no',
  other_port: 'no',
  names_a_user: 'no',
  no_such_host: 'no',
  private_address: 'no',
  bad_certificate: 'no',
  needs_login: 'no',
  not_found: 'no',
  refused: 'no',
  other_content: 'no',
  too_many_redirects: 'no',
  no_answer: 'unknown',
  timed_out: 'unknown',
  server_error: 'unknown',
};

/**
 * Asks whether a document can be fetched from a public address, as SEEK Pass will have to (security rule 19): https on port 443, resolved
 * once, connected to the address that was looked at and to no other, each redirect looked at anew, a few bytes read. What comes back is one
 * word; it never rejects.
 */
export async function checkDocumentUrl(
  url: string,
  options: DocumentUrlOptions = {},
): Promise<DocumentUrlCheck> {
  return (await followDocumentUrl(url, options)).check;
}

/** A {@link checkDocumentUrl} that also tells which host it ended at: a redirect may lead from a good one to one that nobody reaches. */
export async function followDocumentUrl(
  url: string,
  options: DocumentUrlOptions,
): Promise<{ readonly check: DocumentUrlCheck; readonly host: string | undefined }> {
  const { timeoutMs = 10_000, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const until = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  let host: string | undefined;
  const because = await reasonOf(url, options, until, (next) => (host = next)).catch((error: unknown) =>
    until.aborted ? 'timed_out' : reasonOfFailure(error),
  );
  return { check: { reachable: reasons[because], because }, host };
}

async function reasonOf(
  start: string,
  options: DocumentUrlOptions,
  signal: AbortSignal,
  onHost: (host: string) => void,
): Promise<DocumentUrlReason> {
  let text = start;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const fault = url === undefined ? 'not_a_url' : faultOf(url);
    if (url === undefined || fault !== undefined) return fault ?? 'not_a_url';
    onHost(url.host);
    const target = await resolve(url, options, signal);
    if (typeof target === 'string') return target;
    const answer = await askPinned(url, () => (options.connect ?? connect)(target), signal);
    if (answer.location === undefined) return judge(answer, options.type);
    // Relative to where it stood.
    text = URL.canParse(answer.location, url.href) ? new URL(answer.location, url).href : '';
  }
  return 'too_many_redirects';
}

/** What is wrong with an address before anything is asked. `URL` has put every spelling of an IP address into one. */
function faultOf({ protocol, port, username, password }: URL): DocumentUrlReason | undefined {
  if (protocol !== 'https:') return 'not_https';
  if (port !== '') return 'other_port';
  return username + password === '' ? undefined : 'names_a_user';
}

/** The one address that is connected to. All addresses of a name must be public: which one is taken is no game of chance. */
async function resolve(
  { hostname }: URL,
  { lookup = lookUp }: DocumentUrlOptions,
  signal: AbortSignal,
): Promise<PinnedTarget | DocumentUrlReason> {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) {
    return isPublicAddress(host) ? { address: host, port: 443 } : 'private_address';
  }
  const found = (await within(signal, lookup(host))).map(({ address }) => address);
  const [first] = found.toSorted((a, b) => isIP(a) - isIP(b));
  if (first === undefined) return 'no_such_host';
  if (!found.every(isPublicAddress)) return 'private_address';
  return { address: first, port: 443, servername: host };
}

function lookUp(hostname: string): Promise<ReadonlyArray<{ readonly address: string }>> {
  return systemLookup(hostname, { all: true });
}

function connect({ address, port, servername }: PinnedTarget): Duplex {
  return tlsConnect({ host: address, port, ...(servername === undefined ? {} : { servername }) });
}

/** A resolver takes no signal. */
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const over = async (): Promise<never> => {
    await once(signal, 'abort', { signal: settled.signal });
    throw new Error('The time is over.');
  };
  try {
    return await Promise.race([work, over()]);
  } finally {
    settled.abort();
  }
}

function judge({ status, start }: PinnedAnswer, type: FileType | undefined): DocumentUrlReason {
  if (status === 401 || status === 403 || status === 407) return 'needs_login';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 408 || status === 429 || status >= 500) return 'server_error';
  if (status !== 200) return 'refused';
  const found = fileTypeOf(start);
  return found !== undefined && (type === undefined || found === type) ? 'file' : 'other_content';
}

const certificateFault = /CERT|SIGNATURE|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH/;

function reasonOfFailure(error: unknown): DocumentUrlReason {
  const code = isError(error) && 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND' || code === 'ENODATA') return 'no_such_host';
  return certificateFault.test(code) ? 'bad_certificate' : 'no_answer';
}
