import { createControl } from './control/create-control.ts';
import type { ControlApi } from './control/control-api.ts';
import { controlRoutes } from './control/control-routes.ts';
import { loopbackAddress, startListener } from './http/listener.ts';
import type { Listener } from './http/listener.ts';
import { webhookPoster } from './http/post-webhook.ts';
import { Router } from './http/router.ts';
import { bearerOf } from './partner-api/bearer.ts';
import { controlPanelRoutes } from './pages/control-panel/control-panel-routes.ts';
import { inboxRoutes } from './pages/inbox/inbox-routes.ts';
import { isWalletPage } from './pages/wallet/wallet-paths.ts';
import { walletRoutes } from './pages/wallet/wallet-routes.ts';
import { partnerRoutes } from './partner-api/partner-routes.ts';
import { knownScopes } from './partner-api/scopes.ts';
import { restoreSnapshot, takeSnapshot } from './persistence/snapshot.ts';
import { readStateFile, StateFile } from './persistence/state-file.ts';
import { SandboxError } from './sandbox-error.ts';
import { openSmtpPort } from './smtp/smtp-port.ts';
import { sandboxClientIdPrefix } from './world/clients.ts';
import { systemRandom } from './world/random.ts';
import { SandboxClock } from './world/sandbox-clock.ts';
import { World } from './world/world.ts';

/** A partner of the sandbox besides the first. */
export interface SandboxClient {
  /** Must begin with `sandbox-`. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the wallet pages call the partner. */
  readonly name?: string;
  /** All scopes when left out. */
  readonly scopes?: readonly string[];
}

/** Settings of {@link startSandbox}; none is required. */
export interface SandboxOptions {
  /** Port of the partner API and the wallet pages; the control port is the next one, SMTP the one after. 0 (default): any three free ones. */
  readonly port?: number;
  /** The first partner's id, beginning with `sandbox-`; random when left out. */
  readonly clientId?: string;
  /** Random when left out. */
  readonly clientSecret?: string;
  /** What the wallet pages call the first partner. */
  readonly clientName?: string;
  /** The scopes the first partner may ask for; all when left out. */
  readonly scopes?: readonly string[];
  /** More partners, for tests that need two. */
  readonly moreClients?: readonly SandboxClient[];
  /** Seconds an access token lives; 3600 when left out. */
  readonly tokenLifeSeconds?: number;
  /** Keeps the state in this file over restarts; in memory only when left out. */
  readonly stateFile?: string;
  /** The machine's clock, for tests; `Date.now` when left out. */
  readonly machineNow?: () => number;
}

/** A running sandbox. Its functions may be taken off the object. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`: partner API and wallet pages. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The control panel; secret, on a port of its own. */
  readonly controlUrl: string;
  /** The mail inbox; secret, on the control port. */
  readonly inboxUrl: string;
  readonly smtpPort: number;
  /** The control API in this process. */
  readonly control: ControlApi;
  /** Writes the state file, if there is one, and ends everything. */
  readonly close: () => Promise<void>;
}

/**
 * Starts SEEK Pass on this machine. Many may run in one process. Throws {@link SandboxError}: `production_refused`
 * under `NODE_ENV=production`, `port_in_use`, `invalid_configuration`, `state_file_corrupt`, `state_file_version`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  refuseProduction();
  const ports = portsFrom(options.port ?? 0);
  const stop = new AbortController();
  const clock = new SandboxClock(options.machineNow);
  const world = new World({
    clock,
    random: systemRandom,
    postWebhook: webhookPoster(stop.signal),
    tokenLifeSeconds: options.tokenLifeSeconds,
  });
  const stateFile = options.stateFile === undefined ? undefined : openState(options.stateFile, world);
  const client = addClients(world, options);
  const changed = (): void => stateFile?.touch();
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    stop.abort();
    world.stop();
    await Promise.all(opened.map((one) => one.close()));
    await stateFile?.flush();
  };
  try {
    const partnerRouter = new Router();
    const controlRouter = new Router();
    const partner = await opening(
      opened,
      startListener({
        port: ports.partner,
        setting: 'port',
        guarded: false,
        router: partnerRouter,
        clock,
        partner: {
          faults: world.faults,
          record: (call) => {
            if (!isWalletPage(call.url)) world.requestLog.record(call);
            if (call.method !== 'GET') changed();
          },
          revoke: (authorization) => world.tokens.revoke(bearerOf(authorization) ?? ''),
        },
      }),
    );
    const control = await opening(
      opened,
      startListener({
        port: ports.control,
        setting: 'port + 1, for the control panel',
        guarded: true,
        router: controlRouter,
        clock,
      }),
    );
    const smtp = await opening(opened, openSmtpPort(ports.smtp, world.mailbox));
    const baseUrl = `http://${loopbackAddress}:${partner.port}`;
    const controlApi = createControl({ world, baseUrl, changed });
    const controlOrigin = `http://${loopbackAddress}:${control.port}`;
    // Two secrets: the wallet pages link to the inbox, and whoever reaches those must not find the control panel.
    const [controlSecret, inboxSecret] = [systemRandom.hex(24), systemRandom.hex(24)];
    const controlUrl = `${controlOrigin}/${controlSecret}/control/`;
    const inboxUrl = `${controlOrigin}/${inboxSecret}/inbox/`;
    partnerRouter.mount(partnerRoutes({ world, baseUrl }));
    partnerRouter.mount(walletRoutes({ world, inboxUrl, changed }));
    controlRouter.mount(controlRoutes(controlApi), `/${controlSecret}`);
    controlRouter.mount(
      controlPanelRoutes({ control: controlApi, random: systemRandom, baseUrl, controlUrl, inboxUrl }),
      `/${controlSecret}`,
    );
    controlRouter.mount(
      inboxRoutes({ mails: controlApi.mails, random: systemRandom, inboxUrl }),
      `/${inboxSecret}`,
    );
    world.mailbox.onDelivery(changed);
    changed();
    return {
      baseUrl,
      ...client,
      controlUrl,
      inboxUrl,
      smtpPort: smtp.port,
      control: controlApi,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function refuseProduction(): void {
  if (process.env['NODE_ENV'] !== 'production') return;
  throw new SandboxError(
    'production_refused',
    'The sandbox does not run with NODE_ENV=production: it hands out made-up credentials. Unset NODE_ENV, or point the software at SEEK Pass.',
  );
}

function portsFrom(port: number): {
  readonly partner: number;
  readonly control: number;
  readonly smtp: number;
} {
  if (!Number.isInteger(port) || port < 0 || port > 65_533) {
    throw new SandboxError(
      'invalid_configuration',
      'The port must be a whole number from 0 (any free ports) to 65533.',
    );
  }
  return port === 0
    ? { partner: 0, control: 0, smtp: 0 }
    : { partner: port, control: port + 1, smtp: port + 2 };
}

function openState(path: string, world: World): StateFile {
  const snapshot = readStateFile(path);
  if (snapshot !== undefined) restoreSnapshot(world, snapshot);
  return new StateFile(path, () => takeSnapshot(world));
}

/** Adds the partners of the options to those of a state file; the first one is the sandbox's own. */
function addClients(
  world: World,
  options: SandboxOptions,
): { readonly clientId: string; readonly clientSecret: string } {
  const kept = world.clients.list()[0];
  const clientId = options.clientId ?? kept?.clientId ?? `${sandboxClientIdPrefix}${systemRandom.uuid()}`;
  const known = world.clients.find(clientId);
  const clientSecret = options.clientSecret ?? known?.secrets[0] ?? systemRandom.hex(32);
  const first = { clientId, clientSecret, name: options.clientName ?? known?.name ?? 'Sandbox University' };
  const scopes = options.scopes ?? known?.scopes;
  for (const client of [
    { ...first, ...(scopes === undefined ? {} : { scopes }) },
    ...(options.moreClients ?? []),
  ]) {
    world.clients.add({
      clientId: client.clientId,
      name: client.name ?? client.clientId,
      scopes: client.scopes ?? knownScopes,
      secrets: [client.clientSecret],
    });
  }
  return { clientId, clientSecret };
}

async function opening<T extends Pick<Listener, 'close'>>(
  opened: { close(): Promise<void> }[],
  thing: Promise<T>,
): Promise<T> {
  const open = await thing;
  opened.push(open);
  return open;
}
