import type { Brand } from '@seek-pass-kit/flows';
import type { EmbeddedStoreOptions } from '@seek-pass-kit/flows/embedded';
import type { PostgresStoreOptions } from '@seek-pass-kit/flows/postgres';
import type { SmtpOptions } from '@seek-pass-kit/flows/smtp';
import { seekPassSettings, type SeekPassOptions } from '@seek-pass-kit/core';
import type { ClaimPagesSettings } from '../claims/claim-pages-settings.ts';
import type {
  AddFlowSettings,
  InboxSettings,
  MetricsSettings,
  RelaySettings,
  SeekPassModuleOptions,
  VerifyFlowSettings,
  WorkerSettings,
} from '../seek-pass-module-options.ts';

/** Each name of a type of settings: the compiler wants the new ones here, too. */
type NamesOf<Settings> = Record<keyof Settings, true>;

const own: NamesOf<Omit<SeekPassModuleOptions, keyof SeekPassOptions>> = {
  issuer: true,
  brand: true,
  defaultLocale: true,
  store: true,
  keys: true,
  logger: true,
  addFlow: true,
  claimPages: true,
  verifyFlow: true,
  webhooks: true,
  worker: true,
  health: true,
  metrics: true,
};

/** The settings of a registration. */
export const registrationSettings: readonly string[] = [...seekPassSettings, ...Object.keys(own)];

const brand: NamesOf<Brand> = { name: true, colour: true, logo: true, helpEmail: true };

const addFlow: NamesOf<AddFlowSettings> = {
  namespace: true,
  claimKey: true,
  claimBaseUrl: true,
  documents: true,
  mail: true,
  mailLimits: true,
  reminders: true,
  tellDecisions: true,
  onAuditHead: true,
  retention: true,
  erasure: true,
};

const documents: NamesOf<NonNullable<AddFlowSettings['documents']>> = {
  baseUrl: true,
  maxBytes: true,
  readUploadLink: true,
  checkUrls: true,
  callers: true,
};

const claimPages: NamesOf<ClaimPagesSettings> = {
  proof: true,
  handoff: true,
  knownFacts: true,
  guardian: true,
  use: true,
  trustedProxies: true,
};

const verifyFlow: NamesOf<VerifyFlowSettings> = {
  callbackBaseUrl: true,
  partnerName: true,
  partnerLogoUrl: true,
  retention: true,
  giveUpAfterMs: true,
  startLinkDays: true,
  readIdentity: true,
  returnOrigins: true,
};

const webhooks: NamesOf<InboxSettings & RelaySettings> = {
  receiverUrl: true,
  secrets: true,
  registerEndpoint: true,
  onRotation: true,
  onDelivery: true,
  keepDays: true,
  parkForMs: true,
  refreshMs: true,
  overlapMs: true,
  withoutInbox: true,
  onEvent: true,
  ledger: true,
};

const worker: NamesOf<WorkerSettings> = { graceMs: true };

const metrics: NamesOf<MetricsSettings> = { port: true, telemetry: true };

const smtp: NamesOf<SmtpOptions> = {
  host: true,
  port: true,
  security: true,
  user: true,
  password: true,
  from: true,
  replyTo: true,
  maxConnections: true,
  ca: true,
  onDeferred: true,
  silenceMs: true,
};

const storeSettings = {
  schema: true,
  migrations: true,
  maxConnections: true,
  reconnectForMs: true,
  random: true,
} as const;

const postgres: NamesOf<PostgresStoreOptions> = {
  ...storeSettings,
  connectionString: true,
  pool: true,
  clock: true,
};

const embedded: NamesOf<Omit<EmbeddedStoreOptions, 'environment'>> = {
  ...storeSettings,
  folder: true,
  osUser: true,
  binaries: true,
  acceptOneMachineWithoutBackup: true,
  clock: true,
};

/** The settings of what is an object in the options, by its path. */
export const settingsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    brand,
    addFlow,
    'addFlow.documents': documents,
    'addFlow.mail.smtp': smtp,
    claimPages,
    verifyFlow,
    webhooks,
    worker,
    metrics,
    'store.postgres': postgres,
    'store.embedded': embedded,
  }).map(([path, names]) => [path, Object.keys(names)]),
);
