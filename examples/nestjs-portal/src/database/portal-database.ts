import { type OnApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Pool } from 'pg';
import type { PortalSettings } from '../settings/portal-settings.ts';
import { schema } from './schema.ts';

/** The one pool of the application: the portal's tables and the store of SEEK Pass are reached through it. */
@Injectable()
export class PortalDatabase implements OnApplicationShutdown {
  readonly pool: Pool;
  readonly #closeServer: () => Promise<void>;

  private constructor(pool: Pool, closeServer: () => Promise<void>) {
    this.pool = pool;
    this.#closeServer = closeServer;
  }

  static async open({ database }: PortalSettings): Promise<PortalDatabase> {
    const opened = 'url' in database ? openServer(database.url) : await openEmbedded(database.embeddedFolder);
    // A connection that breaks while nobody uses it is replaced; without a listener it would end the process.
    opened.pool.on('error', ({ message }) => new Logger(PortalDatabase.name).warn(message));
    await opened.pool.query(schema);
    return new PortalDatabase(opened.pool, opened.closeServer);
  }

  async rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  /** Nest calls this last of all: whatever used the pool has ended. */
  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
    await this.#closeServer();
  }
}

interface Opened {
  readonly pool: Pool;
  readonly closeServer: () => Promise<void>;
}

function openServer(connectionString: string): Opened {
  return { pool: new Pool({ connectionString, keepAlive: true }), closeServer: async () => undefined };
}

/** A PostgreSQL server of this machine, with its data in a folder. Loaded only here: production does without it. */
async function openEmbedded(folder: string): Promise<Opened> {
  const { openEmbeddedDatabase, openWhereItRuns } = await import('@seek-pass-kit/flows/embedded');
  const { opened: database } = await openWhereItRuns([folder], openEmbeddedDatabase);
  return { pool: new Pool(database.connection), closeServer: database.close };
}
