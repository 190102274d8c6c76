import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace } from '@seek-pass-kit/core';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import { onTestFinished } from 'vitest';
import { generateClaimKey } from '../../src/claims/claim-key.ts';
import { generateKeyRing } from '../../src/keys/key-ring.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import type { FlowSettings, StoreSettings } from './flow-settings.ts';
import { PostOffice } from './post-office.ts';

/** An institution with nothing in it yet: SEEK Pass on this machine, secrets, and an empty place for its awards. */
export interface Institution {
  readonly sandbox: Sandbox;
  readonly settings: FlowSettings;
  /** Its mail server. */
  readonly post: PostOffice;
  /** Where its claim pages are served, by up to three processes. */
  readonly ports: readonly [number, number, number];
}

let schemas = 0;

/** Opens an institution on a PostgreSQL server, in a schema of its own. */
export async function openInstitution(connectionString: string): Promise<Institution> {
  schemas += 1;
  const schema = `proof_${process.pid}_${schemas}`;
  // The tables are there before any process starts, and before anybody is killed.
  await (await openPostgresStore({ connectionString, schema })).close();
  return institutionWith({ connectionString, schema });
}

/** Opens an institution that keeps its awards somewhere else. */
export async function institutionWith(store: StoreSettings): Promise<Institution> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { baseUrl, clientId, clientSecret } = sandbox;
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-mails-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const mailFile = join(folder, 'mails');
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  return {
    sandbox,
    ports,
    post: new PostOffice(mailFile),
    settings: {
      store,
      seekPass: { baseUrl, clientId, clientSecret },
      mailFile,
      keys: generateKeyRing(),
      namespace: createNamespace({ environment: 'sandbox', clientId }),
      claimKey: generateClaimKey(),
      claimBaseUrl: `http://127.0.0.1:${ports[0]}/claim`,
    },
  };
}

/** The same institution on a day on which its mail server has troubles. */
export function withMailTroubles(institution: Institution, seed: number): Institution {
  return { ...institution, settings: { ...institution.settings, mailTroublesSeed: seed } };
}

/** A port that nobody uses now. Processes that come and go take it one after the other. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
