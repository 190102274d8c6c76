import type { Environment, Scope } from '@seek-pass-kit/core';
import { documentedScopes } from '@seek-pass-kit/core';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from '../command-context.ts';
import { connectionSettings } from '../connection-settings.ts';
import { secretSettings } from '../config/secrets-file.ts';
import { Form } from './form.ts';

/** Options of `seek-pass init`: whatever is given is not asked. */
export interface InitOptions {
  readonly config?: string;
  readonly environment?: Environment;
  readonly baseUrl?: string;
  readonly clientId?: string;
  readonly scopes?: string;
  readonly name?: string;
  readonly claimUrl?: string;
  readonly store?: 'embedded' | 'postgres';
  readonly from?: string;
  readonly smtpHost?: string;
  readonly smtpPort?: number;
  readonly smtpSecurity?: 'starttls' | 'tls' | 'none';
  readonly smtpUser?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** What a new issuer needs to be told. */
export interface Answers {
  readonly environment: Environment;
  readonly baseUrl?: string;
  readonly clientId: string;
  readonly scopes?: readonly Scope[];
  readonly name: string;
  readonly claimUrl: string;
  readonly store: 'embedded' | 'postgres';
  readonly from: string;
  readonly smtp: {
    readonly host: string;
    readonly port: number;
    readonly security: 'starttls' | 'tls' | 'none';
    readonly user?: string;
  };
  readonly clientSecret: string;
  readonly databaseUrl?: string;
  readonly smtpPassword?: string;
}

/**
 * Collects what is needed: from the options, from the settings of the environment, and from the person at the terminal, in this
 * order. Without a person, or with `--yes`, what is missing is suggested where it can be.
 *
 * @throws {CommandError} `wrong_usage`, naming every option that is missing.
 */
export async function collectAnswers(options: InitOptions, context: CommandContext): Promise<Answers> {
  const form = new Form(options.yes === true ? undefined : context.questions, context.environment);
  const environment =
    options.environment ??
    (form.fromEnvironment(connectionSettings.environment) as Environment | undefined) ??
    (await form.choice<Environment>('Which SEEK Pass do you connect to?', '--environment', [
      { value: 'sandbox', label: 'a sandbox on this machine (seek-pass sandbox)' },
      { value: 'staging', label: 'staging of SEEK Pass' },
      { value: 'production', label: 'SEEK Pass itself' },
    ]));
  const sandbox = environment === 'sandbox';
  const baseUrl =
    environment === 'staging'
      ? options.baseUrl
      : await form.text(options.baseUrl, {
          message: 'Address of SEEK Pass',
          option: '--base-url',
          setting: connectionSettings.baseUrl,
          suggested: sandbox ? 'http://127.0.0.1:4010' : undefined,
        });
  const clientId = await form.text(options.clientId, {
    message: 'Client id, as SEEK Pass handed it over',
    option: '--client-id',
    setting: connectionSettings.clientId,
  });
  const clientSecret = await form.secret('Client secret', secretSettings.clientSecret);
  const scopes = sandbox
    ? undefined
    : readScopes(
        await form.text(options.scopes, {
          message: 'Scopes that SEEK Pass granted, with commas between them',
          option: '--scopes',
          check: (text) => (scopesOf(text) === undefined ? scopesRemedy : undefined),
        }),
      );
  const name = await form.text(options.name, {
    message: 'Name of the institution, as its learners know it',
    option: '--name',
    suggested: sandbox ? 'Example University' : undefined,
  });
  const claimUrl = await form.text(options.claimUrl, {
    message: 'Where the claim pages will be (https://…/claim)',
    option: '--claim-url',
    suggested: sandbox ? 'http://127.0.0.1:8080/claim' : undefined,
  });
  const store =
    options.store ??
    (await form.choice<Answers['store']>(
      'Where are the awards stored?',
      '--store',
      [
        { value: 'embedded', label: 'in a folder here: for trials' },
        { value: 'postgres', label: 'in a PostgreSQL database' },
      ],
      sandbox ? 'embedded' : undefined,
    ));
  const databaseUrl =
    store === 'postgres'
      ? await form.secret('Database (postgres://user:password@host/database)', secretSettings.databaseUrl)
      : undefined;
  const from = await form.text(options.from, {
    message: 'E-mail address that the mails come from',
    option: '--from',
    suggested: sandbox ? 'credentials@example.edu' : undefined,
  });
  const smtp = await smtpOf(options, sandbox ? baseUrl : undefined, form);
  const smtpPassword =
    smtp.user === undefined
      ? undefined
      : await form.secret('Password at the mail server', secretSettings.smtpPassword);
  form.end();
  return {
    environment,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    clientId,
    clientSecret,
    ...(scopes === undefined ? {} : { scopes }),
    name,
    claimUrl,
    store,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    from,
    smtp,
    ...(smtpPassword === undefined ? {} : { smtpPassword }),
  };
}

async function smtpOf(
  options: InitOptions,
  sandboxUrl: string | undefined,
  form: Form,
): Promise<Answers['smtp']> {
  const sandbox = sandboxUrl !== undefined;
  const host = await form.text(options.smtpHost, {
    message: 'Mail server (SMTP)',
    option: '--smtp-host',
    suggested: sandbox ? '127.0.0.1' : undefined,
  });
  // A sandbox takes three ports in a row; mail is the last.
  const usual = sandbox && URL.canParse(sandboxUrl) ? Number(new URL(sandboxUrl).port) + 2 : 587;
  const port = await form.text(options.smtpPort?.toString(), {
    message: 'Its port',
    option: '--smtp-port',
    setting: connectionSettings.smtpPort,
    suggested: String(usual),
    check: (text) => (/^\d{1,5}$/.test(text) ? undefined : 'A port is a number, such as 587.'),
  });
  const security = options.smtpSecurity ?? (sandbox ? 'none' : Number(port) === 465 ? 'tls' : 'starttls');
  const user = sandbox
    ? options.smtpUser
    : await form.optionalText(options.smtpUser, 'User name at the mail server (Enter: none)');
  return { host, port: Number(port), security, ...(user === undefined ? {} : { user }) };
}

const scopesRemedy = `Choose from ${documentedScopes.join(', ')}.`;

function scopesOf(text: string): Scope[] | undefined {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const scopes = documentedScopes.filter((scope) => names.includes(scope));
  return scopes.length === names.length && names.length > 0 ? scopes : undefined;
}

function readScopes(text: string): Scope[] {
  const scopes = scopesOf(text);
  if (scopes !== undefined || text === '') return scopes ?? [];
  throw new CommandError('wrong_usage', `--scopes names a scope that there is not. ${scopesRemedy}`);
}
