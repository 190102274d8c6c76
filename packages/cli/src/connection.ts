import { documentedScopes, SeekPass, SeekPassError } from '@seek-pass-kit/core';
import type { Environment } from '@seek-pass-kit/core';
import { CommandError } from './command-error.ts';
import { connectionSettings } from './connection-settings.ts';

/** Where a client connects to. */
export interface Connection {
  readonly environment: Environment;
  readonly baseUrl?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Milliseconds. */
  readonly maxClockSkewMs?: number;
}

/**
 * Reads the connection from the settings; `undefined` when `SEEK_PASS_ENVIRONMENT` is not set. Throws `CommandError` with code `wrong_setting`
 * that names the setting.
 */
export function readConnection(
  environment: Readonly<Record<string, string | undefined>>,
): Connection | undefined {
  const setting = (name: string): string | undefined => {
    const text = environment[name]?.trim() ?? '';
    return text === '' ? undefined : text;
  };
  const name = setting(connectionSettings.environment);
  if (name === undefined) return undefined;
  if (name !== 'sandbox' && name !== 'staging' && name !== 'production') {
    throw new CommandError(
      'wrong_setting',
      `${connectionSettings.environment} is none of sandbox, staging and production: set it to one of these.`,
    );
  }
  const baseUrl = setting(connectionSettings.baseUrl);
  const maxClockSkewMs = readMaxClockSkew(setting(connectionSettings.maxClockSkew));
  return {
    environment: name,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    clientId: setting(connectionSettings.clientId) ?? '',
    clientSecret: setting(connectionSettings.clientSecret) ?? '',
    ...(maxClockSkewMs === undefined ? {} : { maxClockSkewMs }),
  };
}

/** Makes a client of core. Sends nothing. What core has to say about a setting names it as the environment does. */
export function connect(connection: Connection): SeekPass {
  try {
    return new SeekPass({ scopes: documentedScopes, ...connection });
  } catch (error) {
    throw inTermsOfSettings(error);
  }
}

/** An error of core about settings, or one that means no call can work, as a `CommandError`; anything else as it is. */
export function inTermsOfSettings(error: unknown): unknown {
  if (!SeekPassError.is(error)) return error;
  switch (error.code) {
    case 'invalid_configuration':
    case 'clock_skewed':
      return new CommandError('wrong_setting', named(error.message), { cause: error });
    case 'authentication_failed':
      return new CommandError('refused_by_seek_pass', named(error.message), { cause: error });
    default:
      return error;
  }
}

function named(message: string): string {
  return message
    .replace(/^environment\b/, connectionSettings.environment)
    .replaceAll(/\bbaseUrl\b/g, connectionSettings.baseUrl)
    .replaceAll(/\bclientId\b/g, connectionSettings.clientId)
    .replaceAll(/\bclientSecret\b/g, connectionSettings.clientSecret)
    .replaceAll(/\bmaxClockSkewMs\b/g, connectionSettings.maxClockSkew);
}

function readMaxClockSkew(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds > 0 && seconds < Infinity) return seconds * 1000;
  throw new CommandError(
    'wrong_setting',
    `${connectionSettings.maxClockSkew} is not a number of seconds above 0: set it like 300, or leave it out.`,
  );
}
