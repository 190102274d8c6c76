import { CommandError } from '../command-error.ts';
import type { Config } from '../config/config-shape.ts';
import { connectionSettings } from '../connection-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Stops a rehearsal where somebody may have meant SEEK Pass itself (security rule 22): it makes up thousands of people.
 *
 * @throws {CommandError} `wrong_setting`, naming what is set.
 */
export function refuseRealEnvironment(environment: Environment): void {
  const setting = (name: string): string => environment[name]?.trim() ?? '';
  const is = setting(connectionSettings.environment);
  if (is !== '' && is !== 'sandbox') {
    throw notHere(`${connectionSettings.environment} is ${is}`, 'unset it');
  }
  const baseUrl = setting(connectionSettings.baseUrl);
  if (baseUrl !== '' && !isLoopback(baseUrl)) {
    throw notHere(`${connectionSettings.baseUrl} leads away from this machine`, 'unset it');
  }
  if (setting('NODE_ENV') === 'production') {
    throw notHere('NODE_ENV is production', 'unset it, or rehearse on another machine');
  }
}

/**
 * Stops a rehearsal that would reach another SEEK Pass than a sandbox of this machine, or a mail server elsewhere (security rule
 * 22). Asked about a config that is only to lend its database too: it would put thousands of made-up people beside real ones.
 *
 * @throws {CommandError} `wrong_setting`, naming the setting.
 */
export function refuseBeyondThisMachine(
  file: string,
  { environment, baseUrl, mail }: Pick<Config, 'environment' | 'baseUrl' | 'mail'>,
): void {
  const instead = 'name the config of a sandbox, or leave --config out';
  if (environment !== 'sandbox') throw notHere(`environment of ${file} is ${environment}`, instead);
  if (baseUrl !== undefined && !isLoopback(baseUrl)) {
    throw notHere(`baseUrl of ${file} leads away from this machine`, instead);
  }
  if (mail !== undefined && !isLoopback(`smtp://${bracketed(mail.smtp.host)}`)) {
    throw notHere(`mail.smtp.host of ${file} is not on this machine`, instead);
  }
}

function notHere(why: string, remedy: string): CommandError {
  return new CommandError(
    'wrong_setting',
    `seek-pass rehearse goes to a sandbox and a mail inbox of this machine only, and ${why}: ${remedy}.`,
  );
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname);
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
