import { ConfigurationError } from '@seek-pass-kit/core';
import type { KeyPort } from '@seek-pass-kit/flows';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import type { FoundProblems } from './found-problems.ts';

/** Finds what is wrong with what the parts stand on: store, keys and mail. Nothing is opened. */
export async function checkSupplies(
  options: SeekPassModuleOptions,
  problems: FoundProblems,
): Promise<{ readonly keys: KeyPort | undefined }> {
  const { environment, store, keys, addFlow } = options;
  if (store !== undefined) await checkStore(store, environment, problems);
  // Within: in plain JavaScript it may be null, which was told already.
  if (addFlow !== undefined) await problems.of('addFlow', () => checkMail(addFlow.mail, problems));
  let port: KeyPort | undefined;
  await problems.of('keys', async () => {
    port = await readKeys(keys);
  });
  return { keys: port };
}

async function checkStore(
  setting: NonNullable<SeekPassModuleOptions['store']>,
  environment: SeekPassModuleOptions['environment'],
  problems: FoundProblems,
): Promise<void> {
  if (has(setting, 'postgres')) {
    await problems.of('store.postgres', async () => {
      const { checkPostgresOptions } = await loaded(
        'pg',
        async () => import('@seek-pass-kit/flows/postgres'),
      );
      checkPostgresOptions(setting.postgres);
    });
  } else if (has(setting, 'embedded')) {
    await problems.of('store.embedded', async () => {
      const { requireTrial } = await loaded('pg', async () => import('@seek-pass-kit/flows/embedded'));
      requireTrial({ ...setting.embedded, environment });
    });
  } else if (!has(setting, 'transaction') || !has(setting, 'jobs')) {
    problems.add(
      'store',
      'store must be a store or say where one is: write it like { postgres: { pool } } or { embedded: { folder } }, or hand over one that is open.',
    );
  }
}

async function checkMail(
  setting: NonNullable<SeekPassModuleOptions['addFlow']>['mail'],
  problems: FoundProblems,
): Promise<void> {
  if (has(setting, 'smtp')) {
    await problems.of('addFlow.mail.smtp', async () => {
      const { createSmtpMail } = await loaded('nodemailer', async () => import('@seek-pass-kit/flows/smtp'));
      // It connects with the first mail.
      createSmtpMail(setting.smtp).close();
    });
  } else if (!has(setting, 'send') || typeof setting.send !== 'function') {
    problems.add(
      'addFlow.mail',
      'addFlow.mail is missing or cannot send: give { smtp: { host, from } }, or an object with send(message).',
    );
  }
}

/** Settings come from JavaScript, too. */
function has<Setting extends object, Name extends string>(
  setting: Setting,
  name: Name,
): setting is Extract<Setting, Readonly<Record<Name, unknown>>> {
  return typeof setting === 'object' && setting !== null && name in setting;
}

async function readKeys(setting: SeekPassModuleOptions['keys']): Promise<KeyPort | undefined> {
  if (typeof setting === 'string') {
    const { keyRingFromText } = await import('@seek-pass-kit/flows');
    return keyRingFromText(setting);
  }
  if (setting === undefined || (has(setting, 'wrap') && has(setting, 'lookupKey'))) return setting;
  throw new ConfigurationError(
    'keys must be the text of a key ring, or an object with wrap, unwrap and lookupKey: correct them.',
  );
}

/** Loads what needs a package that only those install who use it. */
async function loaded<Module>(needed: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    // Not `instanceof Error`: in Jest it is one of another realm.
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new ConfigurationError(`It needs the package ${needed}, which is not there: install it.`);
  }
}
