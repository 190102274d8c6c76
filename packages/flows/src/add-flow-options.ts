import type { Clock, Environment, SeekPass } from '@seek-pass-kit/core';
import { ConfigurationError, readSettings, systemClock } from '@seek-pass-kit/core';
import type { AuditHead } from './audit/audit-head.ts';
import type { AwardEvent } from './awards/award-event.ts';
import { SealedRecords } from './awards/sealed-records.ts';
import { type ClaimKey, readClaimKey } from './claims/claim-key.ts';
import { type DocumentOptions, readDocumentOptions } from './documents/document-settings.ts';
import type { Brand, FlowContext } from './flow-context.ts';
import { harmless, type NoticeListener } from './flow-notice.ts';
import { checkHandlerNames } from './jobs/handler-name.ts';
import type { HostListeners } from './jobs/host-listeners.ts';
import type { JobHandlers } from './jobs/runner.ts';
import type { KeyPort } from './keys/key-ring.ts';
import { nearestLocale } from './languages/choose-locale.ts';
import { locales } from './languages/locale.ts';
import { type MailLimits, readMailLimits } from './mail/mail-limits.ts';
import type { MailPort } from './mail/mail-port.ts';
import { readReminders, type ReminderOptions } from './mail/reminder-plan.ts';
import { readBrand } from './pages/brand.ts';
import { readBaseUrl } from './served-base-url.ts';
import {
  type ErasureOptions,
  readKeyBackupDays,
  readRetention,
  type RetentionOptions,
} from './retention/retention-rules.ts';
import type { Store } from './store/ports.ts';

/** Settings of {@link createAddFlow}. */
export interface AddFlowOptions {
  /** Names the institution in every row: letters, digits, `-` and `_`, at most 63. Default `default`. */
  readonly issuer?: string;
  /** The client of SEEK Pass. Give it `scopes` or `statusScope`, so that it can ask for statuses after a restart. */
  readonly seekPass: Pick<SeekPass, 'add' | 'statuses' | 'now' | 'redirectOrigin'> &
    Partial<Pick<SeekPass, 'uploadAsset'>>;
  /** As in the settings of `seekPass`: what the namespace is bound to. */
  readonly environment: Environment;
  /** As in the settings of `seekPass`. */
  readonly clientId: string;
  readonly store: Store;
  /** What protects personal data: `openKeyRing` over a key file, or a key management service. */
  readonly keys: KeyPort;
  /** Of submission ids, made once by core's `createNamespace`. */
  readonly namespace: string;
  /** Made once by `generateClaimKey`. To rotate: the new one and the former ones, newest first. */
  readonly claimKey: string | readonly string[];
  /** Where the claim pages are: `https://credentials.example.edu/claim`. */
  readonly claimBaseUrl: string;
  readonly brand: Brand;
  /** Takes files with awards, and how they get to SEEK Pass. Default: awards with files are refused. */
  readonly documents?: DocumentOptions;
  /** Of people without a locale of their own. Default `en`. */
  readonly defaultLocale?: string;
  readonly mail: MailPort;
  /** How many mails may leave, of all processes together. Codes that learners ask for do not wait. Default: no limit. */
  readonly mailLimits?: MailLimits;
  /** Reminds learners who have not claimed or not finished. Default: nobody is reminded. */
  readonly reminders?: ReminderOptions;
  /**
   * Told what became of awards at SEEK Pass, at least once each, also after a crash: one function, or several by name, each told by itself
   * (see {@link HostListeners}). Rejecting repeats it later. `added_after_withdrawal`, `added_after_supersession` and `rejected` need a person.
   */
  readonly onEvent?: HostListeners<AwardEvent>;
  /** Tells `onEvent` of `issued` and `withdrawn` too. It is one job more for each award. Default: only of what happened at SEEK Pass. */
  readonly tellDecisions?: boolean;
  /** Told what an operator may want to log or count; see {@link FlowNotice}. What it throws is lost. */
  readonly onNotice?: NoticeListener;
  /**
   * Told the end of the chain that the audit trail hangs on, once a day by UTC, at least once. Keep it where whoever may write to the
   * database cannot. Rejecting repeats it later.
   */
  readonly onAuditHead?: (head: AuditHead) => Promise<void> | void;
  /** What is purged without anybody asking. Default: what was needed to deliver awards, two years after they ended. */
  readonly retention?: RetentionOptions;
  readonly erasure?: ErasureOptions;
  /** More kinds of jobs that `runDue` does. */
  readonly handlers?: (context: FlowContext) => JobHandlers;
  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
}

/**
 * Checks the settings and makes the context that the parts of the flow share. Opens and sends nothing.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming each setting that is wrong.
 */
export function contextOf(options: AddFlowOptions): FlowContext {
  const { environment, mailLimits, documents, reminders } = options;
  const read = readSettings({
    issuer: () => readIssuer(options.issuer ?? 'default'),
    claimKey: () => readClaimKeys(options.claimKey),
    claimBaseUrl: () => readBaseUrl('claimBaseUrl', options.claimBaseUrl, environment, 'claim'),
    brand: () => readBrand(options.brand),
    defaultLocale: () => readDefaultLocale(options.defaultLocale ?? 'en'),
    mailLimits: () => (mailLimits === undefined ? {} : { mailLimits: readMailLimits(mailLimits) }),
    documents: () =>
      documents === undefined
        ? {}
        : { documents: readDocumentOptions(documents, options.seekPass, environment) },
    reminders: () => (reminders === undefined ? {} : { reminders: readReminders(reminders) }),
    onEvent: () => checkHandlerNames('listener of onEvent', options.onEvent),
    erasure: () => readKeyBackupDays(options.erasure),
    retention: () => readRetention(options.retention),
  });
  return {
    issuer: read.issuer,
    seekPass: options.seekPass,
    environment,
    clientId: options.clientId,
    redirectOrigin: options.seekPass.redirectOrigin,
    store: options.store,
    records: new SealedRecords(options.keys),
    lookupKey: options.keys.lookupKey,
    namespace: options.namespace,
    claimKeys: read.claimKey,
    claimBaseUrl: read.claimBaseUrl,
    brand: read.brand,
    defaultLocale: read.defaultLocale,
    mail: options.mail,
    ...(options.onNotice === undefined ? {} : { onNotice: harmless(options.onNotice) }),
    ...(options.tellDecisions === undefined ? {} : { tellsDecisions: options.tellDecisions }),
    ...read.mailLimits,
    ...read.documents,
    ...read.reminders,
    keyBackupDays: read.erasure,
    retention: read.retention,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

/** @throws {ConfigurationError} `invalid_configuration` for a name that is none. */
export function readIssuer(issuer: string): string {
  if (/^[A-Za-z0-9_-]{1,63}$/.test(issuer)) return issuer;
  throw new ConfigurationError('issuer must be 1 to 63 letters, digits, - and _: give it a short name.');
}

function readDefaultLocale(locale: string): string {
  if (nearestLocale(locale) !== undefined) return locale;
  throw new ConfigurationError(
    `defaultLocale is no language of the claim pages: use one of ${locales.join(', ')}.`,
  );
}

function readClaimKeys(setting: string | readonly string[]): ClaimKey[] {
  const texts = [setting].flat();
  return texts.length === 0 ? [readClaimKey(undefined)] : texts.map((text) => readClaimKey(text));
}
