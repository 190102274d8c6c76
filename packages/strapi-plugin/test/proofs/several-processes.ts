import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '@seek-pass-kit/prove/postgres';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';
import { onTestFinished } from 'vitest';
import type { SentMail } from '../site/sent-mails.ts';
import { courseMapping } from '../mapping/course-mapping.ts';
import { mailsIn, type SiteProcess, startSiteProcess } from './site-process.ts';

/** One site of several processes: its database, its keys, its mails and the sandbox. */
export interface SeveralProcesses {
  readonly database: TestDatabase;
  readonly sandbox: Sandbox;
  /** Settings of the plugin, as in `config/plugins`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What a process of the site has in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts one more. */
  start(env?: Readonly<Record<string, string>>): Promise<SiteProcess>;
  /** What all processes have mailed, oldest first. */
  mails(): Promise<ReadonlyArray<Pick<SentMail, 'to' | 'text'>>>;
}

/** Makes the ground for a site on one PostgreSQL. Everything of it goes when the test ends. */
export async function severalProcesses(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<SeveralProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-processes-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const database = await openTestDatabase();
  onTestFinished(() => database.close());
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { baseUrl, clientId, clientSecret } = sandbox;
  const config = {
    environment: 'sandbox',
    baseUrl,
    clientId,
    clientSecret,
    keyFile: join(folder, 'keys.json'),
    claimBaseUrl: 'http://127.0.0.1/claim',
    brand: { name: 'Wattle Bay Training' },
    mappings: [courseMapping],
    ...settings,
  };
  const mailFile = join(folder, 'mails');
  const env = {
    DATABASE_CLIENT: 'postgres',
    DATABASE_URL: database.connectionString,
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    SEEK_PASS_CONFIG: JSON.stringify(config),
    MAIL_FILE: mailFile,
  };
  return {
    database,
    sandbox,
    config,
    env,
    start: (more = {}) => startSiteProcess({ ...env, ...more }),
    mails: () => mailsIn(mailFile),
  };
}
