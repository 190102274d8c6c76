import { registerAs } from '@nestjs/config';
import { SeekPass, type SeekPassOptions } from '@seek-pass-kit/core';
import { given } from '../registration/given.ts';
import { inTermsOfVariables, listIn, variablesOf } from './variables.ts';

/** Options of a registration that the environment holds: spread them into the others, or return them as they are for a client alone. */
export interface ClientConfiguration
  extends Pick<SeekPassOptions, 'environment' | 'baseUrl' | 'clientId' | 'scopes'> {
  readonly clientSecret: string;
  /** The text of the key ring, when there is one: a registration that is only a client needs none. */
  readonly keys?: string;
}

/** Names of variables after the prefix, by setting. */
const settings = {
  environment: 'environment',
  baseUrl: 'base_url',
  clientId: 'client_id',
  clientSecret: 'client_secret',
  scopes: 'scopes',
} as const;

/**
 * The configuration of the registration without a name, for `ConfigModule.forFeature(seekPassConfig)` and
 * `inject: [seekPassConfig.KEY]`. It reads `SEEK_PASS_ENVIRONMENT`, `SEEK_PASS_BASE_URL`, `SEEK_PASS_CLIENT_ID`, `SEEK_PASS_CLIENT_SECRET`,
 * `SEEK_PASS_SCOPES` (with spaces or commas between them) and `SEEK_PASS_KEY_RING`, as the command line does.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the application starts, with a sentence for each variable that is wrong.
 */
export const seekPassConfig = seekPassConfigOf();

/** As {@link seekPassConfig}, for the registration of that name: `seekPassConfigOf('hr')` reads `SEEK_PASS_HR_CLIENT_ID` and so on. */
export function seekPassConfigOf(registration?: string) {
  const key = ['seekPass', ...(registration === undefined ? [] : [registration])].join('-');
  return registerAs(key, (): ClientConfiguration => readClient(registration));
}

function readClient(registration: string | undefined): ClientConfiguration {
  const { nameOf, read } = variablesOf(registration, process.env);
  const baseUrl = read(settings.baseUrl);
  const scopes = listIn(read(settings.scopes));
  const client = {
    // The client says what it must be.
    environment: (read(settings.environment) ?? '') as ClientConfiguration['environment'],
    clientId: read(settings.clientId) ?? '',
    clientSecret: read(settings.clientSecret) ?? '',
    ...given({ baseUrl, scopes }),
  };
  const names = Object.entries(settings).map(([setting, variable]) => [setting, nameOf(variable)]);
  inTermsOfVariables(Object.fromEntries(names), () => void new SeekPass(client).close());
  return { ...client, ...given({ keys: read('key_ring') }) };
}
