import { registerAs } from '@nestjs/config';

/** Settings of the portal itself, from the environment. Those of SEEK Pass are read by the module: see `seek-pass/`. */
export interface PortalSettings {
  /** As browsers see it, without a slash at the end: `https://portal.example.edu`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Seals the session cookie: 32 bytes. */
  readonly sessionKey: Buffer;
  /** Where the tables are: a PostgreSQL server, or one that is started here for trials. */
  readonly database: { readonly url: string } | { readonly embeddedFolder: string };
}

export const portalConfig = registerAs('portal', () => readPortalSettings(process.env));

/**
 * Reads the settings, and stops the start with one sentence for everything that is wrong.
 *
 * @throws {Error} naming each variable.
 */
function readPortalSettings(env: NodeJS.ProcessEnv): PortalSettings {
  const problems: string[] = [];
  const { PORTAL_URL = '', PORTAL_HOST = '127.0.0.1', SESSION_KEY = '', DATABASE_URL, EMBEDDED_FOLDER } = env;
  const isProduction = env['NODE_ENV'] === 'production';

  const url = URL.canParse(PORTAL_URL) ? new URL(PORTAL_URL) : undefined;
  if (url?.origin !== PORTAL_URL) {
    problems.push(
      'PORTAL_URL must be where browsers find the portal, without a path: https://portal.example.edu.',
    );
  } else if (isProduction && url.protocol !== 'https:') {
    problems.push('PORTAL_URL must begin with https:// in production.');
  }
  const port = Number(env['PORT'] ?? url?.port ?? '');
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    problems.push('PORT must be a port, such as 4790.');

  const sessionKey = Buffer.from(SESSION_KEY, 'base64url');
  if (sessionKey.length !== 32) {
    problems.push('SESSION_KEY must be 32 bytes in base64url: make one with "npm run secrets".');
  }
  if (DATABASE_URL === undefined && (EMBEDDED_FOLDER === undefined || isProduction)) {
    problems.push('DATABASE_URL is missing: name a PostgreSQL database, or EMBEDDED_FOLDER for a trial.');
  }
  if (problems.length > 0) throw new Error(`The portal cannot start.\n- ${problems.join('\n- ')}`);
  return {
    url: PORTAL_URL,
    host: PORTAL_HOST,
    port,
    sessionKey,
    database: DATABASE_URL === undefined ? { embeddedFolder: EMBEDDED_FOLDER ?? '' } : { url: DATABASE_URL },
  };
}
