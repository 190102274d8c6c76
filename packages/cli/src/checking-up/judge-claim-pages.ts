import { type Judgement, notChecked, ok, problem, warning } from './finding.ts';

/** What came of asking for a page of the claim pages that there is not, through their public address. */
export type PublicVisit =
  | {
      readonly answered: true;
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      /** When the certificate ends, in milliseconds since the epoch; absent without TLS. */
      readonly certificateEndsAt?: number;
    }
  /** A code of Node.js, such as `ECONNREFUSED`, `ENOTFOUND` or `CERT_HAS_EXPIRED`. */
  | { readonly answered: false; readonly code: string };

/** What the claim pages have to say about themselves. */
export interface ExpectedPages {
  readonly claimBaseUrl: string;
  readonly brandName: string;
  /** Origin of SEEK Pass, which their policy names. */
  readonly redirectOrigin: string;
}

const dayMs = 24 * 3_600_000;
const fewDays = 14;

/** Judges the claim pages as a learner's browser meets them. */
export function judgeClaimPages(visit: PublicVisit, expected: ExpectedPages, now: number): Judgement[] {
  if (!visit.answered) return [unreachable(visit.code, expected.claimBaseUrl)];
  const certificate =
    visit.certificateEndsAt === undefined ? [] : [judgeCertificate(visit.certificateEndsAt, now)];
  const policy = visit.headers['content-security-policy'] ?? '';
  const isOurs = visit.body.includes(escaped(expected.brandName)) && visit.status === 404;
  if (!isOurs) {
    return [
      ...certificate,
      problem(
        `${expected.claimBaseUrl} answers with ${visit.status}, and not with the claim pages of this institution.`,
        'Let your proxy pass everything below this address on to "seek-pass serve", path and Host unchanged.',
      ),
    ];
  }
  if (policy !== '' && !policy.includes(`form-action 'self' ${expected.redirectOrigin}`)) {
    return [
      ...certificate,
      problem(
        `The claim pages at ${expected.claimBaseUrl} lead to another SEEK Pass than these settings.`,
        'See which config the serving process was started with, or whether a proxy changes Content-Security-Policy.',
      ),
    ];
  }
  return [
    ok(`The claim pages answer at ${expected.claimBaseUrl}.`),
    ...certificate,
    ...judgeHeaders(visit.headers),
  ];
}

function unreachable(code: string, claimBaseUrl: string): Judgement {
  if (/^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) {
    return problem(
      `Browsers will not trust the certificate of ${claimBaseUrl} (${code}).`,
      'Renew it, for this name and with its chain.',
    );
  }
  if (code === 'ENOTFOUND') {
    return problem(
      `The DNS does not know the name in ${claimBaseUrl}.`,
      'Correct claimBaseUrl, or publish the name.',
    );
  }
  return warning(
    `Nothing answers at ${claimBaseUrl} from here (${code}).`,
    'Start "seek-pass serve"; if it runs, open the address from outside: this machine may not reach its own public name.',
  );
}

function judgeCertificate(endsAt: number, now: number): Judgement {
  const days = Math.floor((endsAt - now) / dayMs);
  const found = `The certificate is good for ${days} more days.`;
  return days < fewDays
    ? warning(found, 'Renew it now: with an expired one no learner can claim.')
    : ok(found);
}

/** What the handler sends with every page, as far as a browser acts on it. */
const neededHeaders: readonly (readonly [name: string, has: RegExp])[] = [
  ['cache-control', /\bno-store\b/],
  ['content-security-policy', /frame-ancestors 'none'/],
  ['referrer-policy', /^same-origin$/],
];

function judgeHeaders(headers: Readonly<Record<string, string>>): Judgement[] {
  const changed = neededHeaders.filter(([name, has]) => !has.test(headers[name] ?? '')).map(([name]) => name);
  if (changed.length === 0) return [ok('The headers that protect the pages arrive unchanged.')];
  return [
    problem(
      `Something between here and the claim pages takes away or changes ${changed.join(', ')}.`,
      'Let the proxy pass these headers on as they are: they keep pages out of caches and frames.',
    ),
  ];
}

/** Judges what the same address says without TLS. */
export function judgePlainHttp(visit: PublicVisit): Judgement {
  if (!visit.answered) return ok('Without TLS nothing answers.');
  const { status, headers } = visit;
  if (status >= 300 && status < 400 && /^https:/i.test(headers['location'] ?? '')) {
    return ok('http leads on to https.');
  }
  return warning(
    `http is answered with ${status} instead of a way to https.`,
    'Redirect it to https: over http the cookies of the claim pages do not work.',
  );
}

/** Said instead of a visit when the settings do not lead to one. */
export function notVisited(why: string): Judgement {
  return notChecked(`The claim pages were not visited: ${why}.`);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
