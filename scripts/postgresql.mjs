/** The PostgreSQL server of the store tests, which start one of their own from these programs. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstall } from './debian.mjs';

const versions = '/usr/lib/postgresql';

const folderOfServer = () =>
  existsSync(versions)
    ? readdirSync(versions)
        .map((version) => join(versions, version, 'bin'))
        .find((folder) => existsSync(join(folder, 'initdb')))
    : undefined;

/** Folder of a server's programs where Debian puts them; `undefined` where its tests are to be skipped. */
export function findPostgresql() {
  return findOrInstall({
    find: folderOfServer,
    name: 'PostgreSQL server',
    packageName: 'postgresql',
    tests: 'tests on PostgreSQL',
  });
}
