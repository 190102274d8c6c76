import { randomUUID } from 'node:crypto';
import {
  createNamespace,
  ConfigurationError,
  readSettings,
  SANDBOX_CLIENT_ID_PREFIX,
  SeekPass,
  SeekPassError,
  type SettingProblem,
} from '@seek-pass-kit/core';
import {
  createAddFlow,
  createMemoryStore,
  generateClaimKey,
  generateKeyRing,
  isMailbox,
  keyRingFromText,
  type MailPort,
} from '@seek-pass-kit/flows';
import { settingNames, type SettingValues } from '../../../contract/settings.ts';
import { clientOptions, flowSettings } from './flow-settings.ts';
import type { SiteSettings } from './site-settings.ts';

const noMail: MailPort = { send: () => Promise.reject(new Error('Nothing is sent by a check.')) };

/**
 * What is wrong with the settings that are given, one sentence each under the name of its setting. The client and the flow are asked, over
 * an empty store in memory; nothing is opened or sent. What is missing is no problem here: staff may save half a form.
 */
export async function settingProblems({
  values,
  clientSecret,
}: Pick<SiteSettings, 'values' | 'clientSecret'>): Promise<SettingProblem[]> {
  const isGiven = ({ setting = '' }: SettingProblem): boolean =>
    setting === 'clientSecret' || setting.startsWith('clientSecret[')
      ? clientSecret !== undefined
      : setting in values || setting === 'reminders' || setting === 'mailLimits';
  const full = withGapsFilled(values);
  const ofClient = await problemsOf(() =>
    new SeekPass(clientOptions(full, clientSecret ?? randomUUID())).close(),
  );
  const ofFlow = await problemsOf(() => tryFlow(full));
  const ofSender = await problemsOf(() => readSender(values));
  return [...ofClient, ...ofFlow, ...ofSender].filter(isGiven).map(nameExactly);
}

/** What is not given must not be what is wrong. */
function withGapsFilled(values: Partial<SettingValues>): Partial<SettingValues> {
  const { clientId, environment = clientId?.startsWith(SANDBOX_CLIENT_ID_PREFIX) ? 'sandbox' : 'staging' } =
    values;
  const fromEnvironment: Partial<SettingValues> =
    environment === 'sandbox'
      ? { baseUrl: 'http://localhost', clientId: `${SANDBOX_CLIENT_ID_PREFIX}any` }
      : { clientId: 'any', ...(environment === 'production' ? { baseUrl: 'https://host.invalid' } : {}) };
  return {
    'brand.name': 'Any',
    claimBaseUrl: 'https://host.invalid/claim',
    environment,
    ...fromEnvironment,
    ...values,
  };
}

async function tryFlow(values: Partial<SettingValues>): Promise<void> {
  const clientId = `${SANDBOX_CLIENT_ID_PREFIX}any`;
  const seekPass = new SeekPass({
    environment: 'sandbox',
    baseUrl: 'http://localhost',
    clientId,
    clientSecret: randomUUID(),
  });
  try {
    createAddFlow({
      ...flowSettings(values),
      seekPass,
      environment: values.environment ?? 'sandbox',
      clientId,
      store: createMemoryStore(),
      keys: keyRingFromText(generateKeyRing()),
      namespace: createNamespace({ environment: 'sandbox', clientId }),
      claimKey: generateClaimKey(),
      mail: noMail,
    });
  } finally {
    await seekPass.close();
  }
}

function readSender(values: Partial<SettingValues>): void {
  readSettings({
    'sender.name': () => readSenderName(values),
    'sender.address': () => readAddress('sender.address', values),
    'sender.replyTo': () => readAddress('sender.replyTo', values),
  });
}

function readSenderName({ 'sender.name': name, 'sender.address': address }: Partial<SettingValues>): void {
  if (name === undefined) return;
  if (name.length > 100 || /[\p{Cc}"<>\\]/u.test(name)) {
    throw new ConfigurationError(
      'sender.name must be one line of at most 100 characters without quotes and angle brackets: shorten it.',
    );
  }
  if (address !== undefined) return;
  throw new ConfigurationError('sender.name needs sender.address: give the address that mails come from.');
}

function readAddress(setting: 'sender.address' | 'sender.replyTo', values: Partial<SettingValues>): void {
  if (values[setting] === undefined || isMailbox(values[setting])) return;
  throw new ConfigurationError(
    `${setting} is not one plain e-mail address: write it like credentials@example.edu.`,
  );
}

async function problemsOf(check: () => Promise<void> | void): Promise<readonly SettingProblem[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (!SeekPassError.is(error) || error.code !== 'invalid_configuration') throw error;
    return (error as ConfigurationError).problems;
  }
}

/** A problem of a section (`reminders`), or of none, says in its sentence which setting it means. */
export function nameExactly({ setting, message }: SettingProblem): SettingProblem {
  const exact =
    settingNames.find((name) => message.startsWith(`${name} `)) ?? setting?.replace(/\[\d\]$/, '');
  return { ...(exact === undefined ? {} : { setting: exact }), message };
}
