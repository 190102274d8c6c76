import {
  type Clock,
  ConfigurationError,
  type Environment,
  readSettings,
  type SeekPass,
  systemClock,
  verifyScopes,
} from '@seek-pass-kit/core';
import type { Brand } from '../flow-context.ts';
import { harmless, type NoticeListener } from '../flow-notice.ts';
import { checkHandlerNames } from '../jobs/handler-name.ts';
import type { HostListeners } from '../jobs/host-listeners.ts';
import type { KeyPort } from '../keys/key-ring.ts';
import { nearestLocale } from '../languages/choose-locale.ts';
import { locales } from '../languages/locale.ts';
import { readBrand } from '../pages/brand.ts';
import { readIssuer } from '../add-flow-options.ts';
import { readBaseUrl } from '../served-base-url.ts';
import type { Store } from '../store/ports.ts';
import { SealedVerifications } from './sealed-verifications.ts';
import { readReturnOrigins } from './return-to.ts';
import { type IdentityReader, readIdentity } from './verified-identity.ts';
import type { VerificationEvent } from './verification-event.ts';
import type { VerifyContext } from './verify-context.ts';
import { deriveVerifySecrets } from './verify-secrets.ts';

/** Settings of {@link createVerifyFlow}. */
export interface VerifyFlowOptions {
  /** Names the institution in every row: letters, digits, `-` and `_`, at most 63. Default `default`. */
  readonly issuer?: string;
  /** A client whose settings name `scopes` must have those of the verify flow among them. */
  readonly seekPass: Pick<SeekPass, 'verify' | 'now' | 'redirectOrigin'> & Partial<Pick<SeekPass, 'scopes'>>;
  /** As in the settings of `seekPass`. */
  readonly environment: Environment;
  readonly store: Store;
  /** What protects personal data, as in the add flow of the same database. */
  readonly keys: KeyPort;
  /** Where {@link VerifyFlow.pages} is mounted: `https://portal.example.edu/verify`. Its origin is the one that starts verifications. */
  readonly callbackBaseUrl: string;
  /** Other origins of yours, such as `https://portal.example.edu`, that `returnTo` may lead to. Default: that of `callbackBaseUrl` only. */
  readonly returnOrigins?: readonly string[];
  readonly brand: Brand;
  /** Of people whose browser asks for no language of ours. Default `en`. */
  readonly defaultLocale?: string;
  /** Who asks, as SEEK Pass shows it. Default `brand.name`. */
  readonly partnerName?: string;
  /** A picture for SEEK Pass to show, at a public https address. */
  readonly partnerLogoUrl?: string;
  /**
   * Keeps the answers of SEEK Pass, sealed, for this many days. Default: they are not kept; the decision, its time and a keyed hash of the
   * person are.
   */
  readonly retention?: { readonly resultForDays: number };
  /**
   * How long to wait for an end, in milliseconds, from a minute to 30 days. Default 48 hours: an assumption, how long SEEK Pass keeps a
   * verify request is not documented. A later word of SEEK Pass counts all the same.
   */
  readonly giveUpAfterMs?: number;
  /** How long a start link that nobody uses is good, in days. Default 7. */
  readonly startLinkDays?: number;
  /** Reads the person in an answer. The default looks for `full_name` and `date_of_birth`: the form of the answer is not documented. */
  readonly readIdentity?: IdentityReader;
  /**
   * Told what became of verifications, at least once each, also after a crash: one function, or several by name, each told by itself (see
   * {@link HostListeners}). Rejecting repeats it later.
   */
  readonly onDecision?: HostListeners<VerificationEvent>;
  /**
   * Told, by `job_dead`, of what the host could not be told in the end (`onDecision` rejected too often), and, by `poll_failed`, that SEEK
   * Pass does not answer.
   */
  readonly onNotice?: NoticeListener;
  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Checks the settings and makes the context that the parts of the flow share. Opens and sends nothing.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming each setting that is wrong.
 */
export function verifyContextOf(options: VerifyFlowOptions): VerifyContext {
  const { environment, keys, retention, onDecision } = options;
  const read = readSettings({
    issuer: () => readIssuer(options.issuer ?? 'default'),
    scopes: () => checkScopes(options.seekPass),
    callbackBaseUrl: () => readBaseUrl('callbackBaseUrl', options.callbackBaseUrl, environment, 'verify'),
    returnOrigins: () => readReturnOrigins(options.returnOrigins ?? [], environment),
    brand: () => readBrand(options.brand),
    defaultLocale: () => readLocale(options.defaultLocale ?? 'en'),
    partnerName: () => readPartnerName(options),
    partnerLogoUrl: () => readPartnerLogo(options.partnerLogoUrl),
    retention: () =>
      retention === undefined
        ? {}
        : { keepAnswerForMs: readDays('retention.resultForDays', retention.resultForDays) },
    onDecision: () => checkHandlerNames('listener of onDecision', onDecision),
    giveUpAfterMs: () => readGiveUpAfter(options.giveUpAfterMs ?? 2 * day),
    startLinkDays: () => readDays('startLinkDays', options.startLinkDays ?? 7),
  });
  return {
    issuer: read.issuer,
    seekPass: options.seekPass,
    redirectOrigin: options.seekPass.redirectOrigin,
    store: options.store,
    records: new SealedVerifications(keys),
    lookupKey: keys.lookupKey,
    secrets: deriveVerifySecrets(read.issuer, keys),
    callbackBaseUrl: read.callbackBaseUrl,
    returnOrigins: read.returnOrigins,
    brand: read.brand,
    defaultLocale: read.defaultLocale,
    partner: { partner_name: read.partnerName, ...read.partnerLogoUrl },
    ...read.retention,
    giveUpAfterMs: read.giveUpAfterMs,
    startLinkLifeMs: read.startLinkDays,
    readIdentity: options.readIdentity ?? readIdentity,
    ...(onDecision === undefined ? {} : { onDecision }),
    ...(options.onNotice === undefined ? {} : { onNotice: harmless(options.onNotice) }),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

function checkScopes({ scopes }: VerifyFlowOptions['seekPass']): void {
  const lacking = verifyScopes.filter((scope) => scopes?.includes(scope) === false);
  if (lacking.length === 0) return;
  throw new ConfigurationError(
    `scopes lack ${lacking.join(' and ')}, which the verify flow needs: ask SEEK Pass to grant it and list it, or leave the verify flow out.`,
  );
}

function readDays(setting: string, days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= 3_650) return days * day;
  throw new ConfigurationError(`${setting} must be a whole number of days from 1 to 3650.`);
}

function readLocale(locale: string): string {
  if (nearestLocale(locale) !== undefined) return locale;
  throw new ConfigurationError(
    `defaultLocale is no language of the pages: use one of ${locales.join(', ')}.`,
  );
}

function readGiveUpAfter(ms: number): number {
  if (ms >= minute && ms <= 30 * day) return ms;
  throw new ConfigurationError('giveUpAfterMs must be a time from a minute to 30 days, in milliseconds.');
}

function readPartnerName({ partnerName, brand }: VerifyFlowOptions): string {
  // A brand without a name is told of by itself.
  if (partnerName === undefined) return brand.name;
  if (typeof partnerName === 'string' && /\S/.test(partnerName) && /^\P{Cc}{1,100}$/u.test(partnerName)) {
    return partnerName;
  }
  throw new ConfigurationError('partnerName must be one line of 1 to 100 characters: name who asks.');
}

function readPartnerLogo(url: string | undefined): Pick<VerifyContext['partner'], 'partner_logo_url'> {
  if (url === undefined) return {};
  if (URL.canParse(url) && new URL(url).protocol === 'https:') return { partner_logo_url: url };
  throw new ConfigurationError(
    'partnerLogoUrl must be the https address of a picture, or left out: SEEK Pass loads it.',
  );
}
