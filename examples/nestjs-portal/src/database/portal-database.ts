import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type OnApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Environment } from '@seek-pass-kit/core';
import { Pool } from 'pg';
import type { PortalSettings } from '../settings/portal.config.ts';
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

  /** Opens the pool and makes the tables. The embedded server is refused where `environment` is production. */
  static async open(database: PortalSettings['database'], environment: Environment): Promise<PortalDatabase> {
    const opened =
      'url' in database ? openServer(database.url) : await openEmbedded(database.embeddedFolder, environment);
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

/**
 * A PostgreSQL server of this machine, with its data in a folder, or among the temporary files when its server cannot reach that folder.
 * Loaded only here: production does without it.
 */
async function openEmbedded(folder: string, environment: Environment): Promise<Opened> {
  const { openEmbeddedDatabase, openWhereItRuns } = await import('@seek-pass-kit/flows/embedded');
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12);
  const elsewhere = join(tmpdir(), `portal-${name}`);
  try {
    const { opened, place } = await openWhereItRuns([folder, elsewhere], (at) =>
      openEmbeddedDatabase({ ...at, environment }),
    );
    if (place.folder !== folder) {
      new Logger(PortalDatabase.name).warn(
        `The embedded database cannot use ${folder}: it is in ${elsewhere}.`,
      );
    }
    return { pool: new Pool(opened.connection), closeServer: opened.close };
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new Error(
      `The embedded database does not run here: name a PostgreSQL database in DATABASE_URL. ${why}`,
      {
        cause: error,
      },
    );
  }
}
