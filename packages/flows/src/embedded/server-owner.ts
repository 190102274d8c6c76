import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '@seek-pass-kit/core';

/** The user of the operating system that the server runs as and that owns its files. */
export interface ServerOwner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who runs the server: this process's own user. PostgreSQL refuses to run as root, so root names another existing user,
 * by default `postgres` where there is one. No user is ever made.
 *
 * @throws {ConfigurationError} `invalid_configuration` when there is no such user, or naming one has no meaning.
 */
export async function serverOwner(osUser: string | undefined): Promise<ServerOwner | undefined> {
  if (process.getuid?.() !== 0) {
    if (osUser === undefined) return undefined;
    throw new ConfigurationError('osUser: only root can run the server as another user. Leave it out.');
  }
  const name = osUser ?? 'postgres';
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const [, , uid, gid] = users.find(([user]) => user === name) ?? [];
  if (uid === undefined || gid === undefined) {
    throw new ConfigurationError(
      `PostgreSQL does not run as root, and there is no user "${name}" to run it as. Start as another user, or name an existing one in osUser.`,
    );
  }
  if (Number(uid) === 0)
    throw new ConfigurationError('osUser: PostgreSQL does not run as root. Name another user.');
  return { uid: Number(uid), gid: Number(gid) };
}
