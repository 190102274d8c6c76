import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import type { Core } from '@strapi/types';
import type * as StrapiModule from '@strapi/strapi';
import { courseMapping } from '../mapping/course-mapping.ts';
import { StaffMember } from './staff-member.ts';

/** Strapi's ESM build imports folders, which Node refuses. */
const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi') as typeof StrapiModule;

/** Where the site is that the tests run. */
export const siteFolder = join(import.meta.dirname, '../../fixtures/site');

/** A real Strapi in this process, with the built plugin, a database of its own and the sandbox in the place of SEEK Pass. One at a time. */
export interface Site {
  readonly strapi: Core.Strapi;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly sandbox: Sandbox;
  /** The first administrator, who may do everything. */
  readonly admin: StaffMember;
  /** Somebody with a new role that has these permissions only. */
  staff(permissions: readonly StaffPermission[]): Promise<StaffMember>;
  close(): Promise<void>;
}

/** A permission of a role, as Strapi stores it. */
export interface StaffPermission {
  readonly action: string;
  readonly subject?: string | null;
  readonly properties?: Record<string, unknown>;
  readonly conditions?: readonly string[];
}

/** What may differ from site to site. */
export interface SiteOptions {
  /** Settings of the plugin, besides those it needs to work with the sandbox. `undefined` leaves one out. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Environment variables while it starts and runs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its database is: to start a site again. Default: a folder of its own, which goes with it. */
  readonly folder?: string;
  /** Default: one of its own, which ends with it. */
  readonly sandbox?: Sandbox;
  /** Also serves the administration, which `strapi build` has built in `fixtures/site`. */
  readonly serveAdminPanel?: boolean;
}

/** Starts the site of `fixtures/site` on SQLite. */
export async function startSite({ config = {}, env = {}, ...given }: SiteOptions = {}): Promise<Site> {
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'seek-pass-site-')));
  const sandbox = given.sandbox ?? (await startSandbox());
  const tidyUp = async (): Promise<void> => {
    if (given.sandbox === undefined) await sandbox.close();
    if (given.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  const { clientId, clientSecret } = sandbox;
  const settings = {
    environment: 'sandbox',
    baseUrl: sandbox.baseUrl,
    clientId,
    clientSecret,
    keys: generateKeyRing(),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl: 'http://127.0.0.1/claim',
    brand: { name: 'Wattle Bay Training' },
    mappings: [courseMapping],
    ...config,
  };
  Object.assign(process.env, {
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: join(folder, 'site.db'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    SEEK_PASS_CONFIG: JSON.stringify(settings),
    ...env,
  });
  const { serveAdminPanel = false } = given;
  const made = createStrapi({ appDir: siteFolder, distDir: siteFolder, serveAdminPanel });
  const strapi = await made.load().catch(async (error: unknown) => {
    await keepingListeners(() => made.destroy()).catch(() => undefined);
    await tidyUp();
    throw error;
  });
  // As `strapi.listen()` does, on a free port.
  strapi.server.mount();
  const server = strapi.server.httpServer;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    strapi,
    url,
    sandbox,
    admin: await StaffMember.first(url, strapi),
    staff: (permissions) => StaffMember.withRole(url, strapi, permissions),
    async close() {
      await keepingListeners(() => strapi.destroy());
      await tidyUp();
    },
  };
}

/** Strapi takes away every listener of the process when it ends, those of the test runner too. */
async function keepingListeners(end: () => Promise<unknown>): Promise<void> {
  const kept = process.eventNames().map((name) => [name, process.rawListeners(name)] as const);
  await end();
  for (const [name, listeners] of kept) {
    for (const listener of listeners) process.on(name, listener as () => void);
  }
}
