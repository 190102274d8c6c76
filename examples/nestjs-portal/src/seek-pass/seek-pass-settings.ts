import type { SeekPassModuleOptions } from '@seek-pass-kit/nestjs-module';
import { university } from '../web/university.ts';

/** What differs between a laptop, staging and production, from the environment. The names are those of the command line of the kit. */
export interface SeekPassSettings {
  readonly connection: Pick<SeekPassModuleOptions, 'environment' | 'baseUrl' | 'clientId' | 'clientSecret'>;
  /** What protects personal data: `SEEK_PASS_KEY_RING`. */
  readonly keys: string;
  readonly claimKey: string;
  readonly namespace: string;
  readonly smtp: {
    readonly host: string;
    readonly port: number;
    readonly from: { readonly name: string; readonly address: string };
    readonly user?: string;
    readonly password?: string;
  };
}

/** Under which the settings are provided. */
export const seekPassSettings = Symbol('SEEK Pass settings');

const environments = ['sandbox', 'staging', 'production'] as const;

/**
 * Reads the settings. What they may be is checked by the module, which names each that is wrong; here only what is missing is told.
 *
 * @throws {Error} naming each variable.
 */
export function readSeekPassSettings(env: NodeJS.ProcessEnv): SeekPassSettings {
  const missing: string[] = [];
  const required = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') missing.push(name);
    return value ?? '';
  };
  const environment = environments.find((name) => name === env['SEEK_PASS_ENVIRONMENT']);
  if (environment === undefined) missing.push(`SEEK_PASS_ENVIRONMENT (${environments.join(', ')})`);
  const baseUrl = env['SEEK_PASS_BASE_URL'];
  const user = env['SMTP_USER'];
  const settings: SeekPassSettings = {
    connection: {
      environment: environment ?? 'sandbox',
      ...(baseUrl === undefined ? {} : { baseUrl }),
      clientId: required('SEEK_PASS_CLIENT_ID'),
      clientSecret: required('SEEK_PASS_CLIENT_SECRET'),
    },
    keys: required('SEEK_PASS_KEY_RING'),
    claimKey: required('SEEK_PASS_CLAIM_KEY'),
    namespace: required('SEEK_PASS_NAMESPACE'),
    smtp: {
      host: required('SMTP_HOST'),
      port: Number(required('SMTP_PORT')),
      from: { name: university.name, address: required('SMTP_FROM') },
      ...(user === undefined ? {} : { user, password: required('SMTP_PASSWORD') }),
    },
  };
  if (missing.length > 0) throw new Error(`The portal cannot start. Set ${missing.join(', ')}.`);
  return settings;
}
