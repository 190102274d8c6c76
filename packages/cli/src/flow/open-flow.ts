import { documentedScopes, SeekPass, SeekPassError, type SeekPassOptions } from '@seek-pass-kit/core';
import {
  type AddFlow,
  type AddFlowOptions,
  createAddFlow,
  type KeyPort,
  type MailPort,
  openKeyRing,
  sharedQuota,
  type Store,
  StoreUnavailable,
} from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import type { Secrets } from '../config/config-shape.ts';
import { given } from '../config/given.ts';
import { keyFileOf } from '../config/key-file.ts';
import { secretSettings, secretsFileName } from '../config/secrets-file.ts';
import type { Settings } from '../config/settings.ts';
import { brandOf } from './brand.ts';
import { documentOptionsOf } from './document-options.ts';
import { openStore } from './open-store.ts';

/** The add flow of an issuer, started, and what it stands on. */
export interface OpenFlow {
  readonly flow: AddFlow;
  readonly store: Store;
  /** The client that the flow uses: one token source and one quota for all that this process does. */
  readonly seekPass: SeekPass;
  readonly keys: KeyPort;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** What a command brings besides the settings. */
export interface OpenFlowOptions extends Pick<AddFlowOptions, 'onAuditHead' | 'onEvent' | 'onNotice'> {
  /** Default: none. Only what runs jobs sends mails. */
  readonly mail?: MailPort;
  /** Default: the one of the config. */
  readonly store?: Store;
  /** For how long a database that does not answer is tried again, in milliseconds. Default 30,000. */
  readonly reconnectForMs?: number;
  /** Opens a database only as it is, and does not start the flow: for `checkStart`. Nothing is changed. */
  readonly onlyLook?: true;
  /** Told about every call to SEEK Pass. */
  readonly onSeekPassEvent?: SeekPassOptions['onEvent'];
  /** `@opentelemetry/api`: spans and times of the calls go there. */
  readonly telemetry?: SeekPassOptions['telemetry'];
}

const noMail: MailPort = { send: () => Promise.reject(new Error('This process sends no mails.')) };

/**
 * Opens the store and starts the flow. SEEK Pass is not asked anything.
 *
 * @throws {CommandError} `wrong_setting`, naming the setting as the files do; `no_answer` when the database cannot be reached.
 */
export async function openFlow(settings: Settings, options: OpenFlowOptions = {}): Promise<OpenFlow> {
  const { config } = settings;
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).reverse()) await one.close();
  };
  try {
    const secrets = requiredSecrets(settings);
    const clientOptions = clientOptionsOf(settings);
    // What is wrong with the client is said before a database is opened.
    await new SeekPass(clientOptions).close();
    const store =
      options.store ??
      (await openStore(
        settings,
        given({
          reconnectForMs: options.reconnectForMs,
          migrations: options.onlyLook === true ? ('check' as const) : undefined,
        }),
      ));
    opened.push(store);
    const { clientId, quota } = config;
    const seekPass = new SeekPass({
      ...clientOptions,
      ...given({
        onEvent: options.onSeekPassEvent,
        telemetry: options.telemetry,
        quota: quota === undefined ? undefined : sharedQuota({ store, clientId, ...quota }),
      }),
    });
    opened.push(seekPass);
    const keys = await openKeyRing(() => keyFileOf(settings).read());
    const flow = createAddFlow({
      seekPass,
      environment: config.environment,
      clientId,
      store,
      keys,
      namespace: secrets.namespace,
      claimKey: secrets.claimKey,
      claimBaseUrl: config.claimBaseUrl,
      brand: await brandOf(settings),
      mail: options.mail ?? noMail,
      ...given({
        issuer: config.issuer,
        defaultLocale: config.locale,
        mailLimits: config.mailLimits,
        reminders: config.reminders,
        retention: config.retention,
        erasure: config.erasure,
        documents: documentOptionsOf(config),
        onAuditHead: options.onAuditHead,
        onEvent: options.onEvent,
        onNotice: options.onNotice,
      }),
    });
    if (options.onlyLook !== true) await flow.start();
    return { flow, store, seekPass, keys, close };
  } catch (error) {
    await close();
    throw inTermsOfFiles(error, settings);
  }
}

/** Opens the flow, does `work` with it and closes it again. What goes wrong is told as {@link openFlow} tells it. */
export async function withFlow<Result>(
  settings: Settings,
  work: (flow: AddFlow) => Promise<Result>,
  options: OpenFlowOptions = {},
): Promise<Result> {
  const opened = await openFlow(settings, options);
  try {
    return await work(opened.flow);
  } catch (error) {
    throw inTermsOfFiles(error, settings);
  } finally {
    await opened.close();
  }
}

/** For commands that a person waits for. */
export const briefly: OpenFlowOptions = { reconnectForMs: 5_000 };

/** An error about a setting or an unreachable database as a `CommandError`; anything else as it is. */
export function inTermsOfFiles(error: unknown, { file, config }: Settings): unknown {
  if (error instanceof StoreUnavailable) {
    const database =
      config.store.postgres === undefined
        ? 'The embedded database'
        : `The database (${secretSettings.databaseUrl})`;
    return new CommandError('no_answer', `${database} does not answer: see that it runs, then start again.`, {
      cause: error,
    });
  }
  if (!SeekPassError.is(error)) return error;
  if (error.code !== 'invalid_configuration' && error.code !== 'clock_skewed') return error;
  // A line for each wrong setting.
  const lines = error.message.split('\n').map((line) => `${file}: ${line}`);
  return new CommandError('wrong_setting', lines.join('\n'), { cause: error });
}

/**
 * What a client of SEEK Pass is made with.
 *
 * @throws {CommandError} `wrong_setting` when a secret or the scopes are missing.
 */
export function clientOptionsOf(settings: Settings): SeekPassOptions {
  const { config } = settings;
  const { environment, baseUrl, clientId } = config;
  const { clientSecret } = requiredSecrets(settings);
  const sandbox = environment === 'sandbox';
  const scopes = config.scopes ?? (sandbox ? documentedScopes : undefined);
  if (scopes === undefined) {
    throw new CommandError(
      'wrong_setting',
      'scopes is missing: list those that SEEK Pass granted to this client, such as [write.microcredential].',
    );
  }
  return {
    environment,
    clientId,
    clientSecret,
    scopes,
    // The sandbox's clock is there to be moved.
    ...given({ baseUrl, maxClockSkewMs: sandbox ? Number.POSITIVE_INFINITY : undefined }),
  };
}

const needed = ['clientSecret', 'claimKey', 'namespace', 'keyRing'] as const;

type RequiredSecrets = { readonly [Name in (typeof needed)[number]]: NonNullable<Secrets[Name]> };

function requiredSecrets({ file, secrets }: Settings): RequiredSecrets {
  const missing = needed.filter((name) => secrets[name] === undefined);
  if (missing.length === 0) return secrets as RequiredSecrets;
  const sentences = missing.map(
    (name) =>
      `${name} is missing: restore ${secretsFileName} beside ${file} from its backup, or set ${secretSettings[name]}.`,
  );
  throw new CommandError('wrong_setting', sentences.join('\n'));
}
