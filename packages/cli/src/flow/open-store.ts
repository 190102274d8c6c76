import type { Store } from '@seek-pass-kit/flows';
import type { PostgresStoreOptions } from '@seek-pass-kit/flows/postgres';
import { CommandError } from '../command-error.ts';
import { given } from '../config/given.ts';
import { secretSettings, secretsFileName } from '../config/secrets-file.ts';
import { placed, type Settings } from '../config/settings.ts';

/**
 * Opens the store of the config. Its engine is loaded here, so that nobody loads the other one.
 *
 * @throws {CommandError} `wrong_setting`
 * @throws {ConfigurationError} `invalid_configuration`
 * @throws {StoreUnavailable}
 */
export async function openStore(
  { folder, config, secrets }: Settings,
  options: Pick<PostgresStoreOptions, 'reconnectForMs' | 'migrations'> = {},
): Promise<Store> {
  const { embedded, postgres } = config.store;
  if (embedded !== undefined) {
    const { openEmbeddedStore } = await import('@seek-pass-kit/flows/embedded');
    const { osUser, binaries, acceptOneMachineWithoutBackup } = embedded;
    return openEmbeddedStore({
      ...options,
      environment: config.environment,
      folder: placed(folder, embedded.folder),
      ...given({
        osUser,
        binaries: binaries === undefined ? undefined : placed(folder, binaries),
        acceptOneMachineWithoutBackup,
      }),
    });
  }
  if (secrets.databaseUrl === undefined) {
    throw new CommandError(
      'wrong_setting',
      `The address of the database is missing: set ${secretSettings.databaseUrl}, or databaseUrl in ${secretsFileName}.`,
    );
  }
  const { openPostgresStore } = await import('@seek-pass-kit/flows/postgres');
  return openPostgresStore({ connectionString: secrets.databaseUrl, ...postgres, ...options });
}
