import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import pg from 'pg';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { Config, Secrets } from '../config/config-shape.ts';
import { given } from '../config/given.ts';
import { configFileName } from '../config/config-file.ts';
import { secretSettings } from '../config/secrets-file.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { openEmbeddedPlace } from '../flow/embedded-place.ts';
import { openFlow, type OpenFlow } from '../flow/open-flow.ts';
import { freePort } from '../free-port.ts';
import { inTermsOfSandbox } from '../sandbox/sandbox-address.ts';
import { newSecrets, writeSettings } from '../setting-up/write-settings.ts';
import { CallCounter } from './call-counts.ts';
import { institution } from './class-of-learners.ts';
import { type ServeProcess, startServe } from './serve-process.ts';
import { refuseBeyondThisMachine } from './stay-on-this-machine.ts';

/** How a rehearsal is set up. */
export interface GroundOptions {
  /** How many `seek-pass serve` share the work. */
  readonly workers: number;
  /** A config whose database is used, in a schema of its own. Default: an embedded PostgreSQL in a temporary folder. */
  readonly config?: string;
  /** Leaves the settings and the data where they are. */
  readonly keep?: true;
}

/** An institution that is there for one rehearsal: a sandbox, an empty store, hosts that serve, and the registrar's own process. */
export interface Ground {
  readonly sandbox: Sandbox;
  readonly settings: Settings;
  /** What the registrar works with: issues, withdraws, makes new links. */
  readonly registrar: OpenFlow;
  /** Calls of the registrar. */
  readonly calls: CallCounter;
  readonly hosts: readonly ServeProcess[];
  /** Of the embedded server, where it can be read. */
  readonly postgresPid?: number;
  /** Failures in the logs of the hosts, counted by kind. */
  readonly failures: Readonly<Record<string, number>>;
  /** Ends everything and removes what was made, unless it is to be kept. */
  close(): Promise<void>;
}

/**
 * Opens the ground of a rehearsal. When it fails halfway, it leaves nothing behind.
 *
 * @throws {CommandError} `wrong_setting` when something of it would not stay on this machine.
 */
export async function openGround(options: GroundOptions, context: CommandContext): Promise<Ground> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    return await openAll(options, context, opened, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function openAll(
  options: GroundOptions,
  context: CommandContext,
  opened: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<Ground> {
  const lender = options.config === undefined ? undefined : await readSettings(options.config, context);
  if (lender !== undefined) refuseBeyondThisMachine(lender.file, lender.config);
  const sandbox = await startSandbox().catch(inTermsOfSandbox);
  opened.push(() => sandbox.close());
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-rehearsal-'));
  // The user that runs an embedded database for root can pass through it; the secrets in it have modes of their own.
  await chmod(folder, 0o711);
  if (options.keep !== true) opened.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  const place = await storePlace(folder, lender, options, opened);
  const ports: [number, ...number[]] = [await freePort()];
  while (ports.length < options.workers) ports.push(await freePort());
  const settings = settingsOf(folder, sandbox, ports[0], place);
  refuseBeyondThisMachine(settings.file, settings.config);

  const calls = new CallCounter();
  const registrar = await openFlow(settings, { onSeekPassEvent: calls.onSeekPassEvent });
  opened.push(() => registrar.close());

  const failures: Record<string, number> = {};
  const onFailure = (kind: string): void => {
    failures[kind] = (failures[kind] ?? 0) + 1;
  };
  const hosts: ServeProcess[] = [];
  opened.push(() => Promise.all(hosts.map((host) => host.stop())));
  await writeSettings(settings.file, settings);
  for (const [at, port] of ports.entries()) {
    const file = at === 0 ? settings.file : join(folder, `worker-${at + 1}`, configFileName);
    if (at > 0) await writeSettings(file, withPort(settings, port));
    hosts.push(await startServe(file, context.environment, onFailure));
  }
  const postgresPid = await pidOfServer(settings.config);
  return {
    sandbox,
    settings,
    registrar,
    calls,
    hosts,
    failures,
    close,
    ...given({ postgresPid }),
  };
}

type StorePlace = Pick<Config, 'store'> & Pick<Secrets, 'databaseUrl'>;

/** Where the awards go: a schema of a database that is there, or a new server. */
async function storePlace(
  folder: string,
  lender: Settings | undefined,
  { keep }: GroundOptions,
  opened: (() => Promise<unknown>)[],
): Promise<StorePlace> {
  if (lender?.config.store.postgres !== undefined) {
    const { databaseUrl } = lender.secrets;
    if (databaseUrl === undefined) {
      throw new CommandError(
        'wrong_setting',
        `The address of the database is missing: set ${secretSettings.databaseUrl}, or leave --config out.`,
      );
    }
    const { maxConnections } = lender.config.store.postgres;
    const schema = `seek_pass_rehearsal_${randomBytes(4).toString('hex')}`;
    if (keep !== true) opened.push(() => dropSchema(databaseUrl, schema));
    return { store: { postgres: { schema, ...given({ maxConnections }) } }, databaseUrl };
  }
  const { place, store } = await openEmbeddedPlace([join(folder, 'store')]);
  // Held open to the end, so that the server runs as long as the rehearsal.
  opened.push(() => store.close());
  return { store: { embedded: { ...place } } };
}

async function dropSchema(connectionString: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  } finally {
    await client.end();
  }
}

function settingsOf(
  folder: string,
  { baseUrl, clientId, clientSecret, smtpPort }: Sandbox,
  port: number,
  { store, databaseUrl }: StorePlace,
): Settings {
  const config: Config = {
    environment: 'sandbox',
    baseUrl,
    clientId,
    issuer: 'rehearsal',
    claimBaseUrl: `http://127.0.0.1:${port}/claim`,
    brand: { name: institution },
    store,
    mail: {
      from: { name: institution, address: 'credentials@example.edu' },
      smtp: { host: '127.0.0.1', port: smtpPort, security: 'none' },
    },
    // The learners say which network they come from, as a load balancer on this machine would.
    claimPages: { trustedProxies: ['127.0.0.1'] },
    serve: { port, metricsPort: 0 },
  };
  const secrets = newSecrets(config, { clientSecret, ...given({ databaseUrl }) });
  return { file: join(folder, configFileName), folder, config, secrets };
}

function withPort(settings: Settings, port: number): Settings {
  return { ...settings, config: { ...settings.config, serve: { ...settings.config.serve, port } } };
}

/** From the server's own file. Another user's server keeps it to itself. */
async function pidOfServer({ store }: Config): Promise<number | undefined> {
  if (store.embedded === undefined) return undefined;
  const file = join(store.embedded.folder, 'cluster', 'data', 'postmaster.pid');
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  return Number.isNaN(pid) ? undefined : pid;
}
