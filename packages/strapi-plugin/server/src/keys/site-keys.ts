import { relative, resolve } from 'node:path';
import {
  bindNamespace,
  checkNamespace,
  ConfigurationError,
  createNamespace,
  SeekPassError,
} from '@seek-pass-kit/core';
import { type KeyPort, keyRingFromText, openKeyRing, type Store } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import type { KeyPlace, SeekPassEnvironment } from '../../../contract/settings.ts';
import type { PluginConfig } from '../plugin-config.ts';
import { changeKeyFile, createKeyFile, type KeyFileContents, newKeys, readKeyFile } from './key-file.ts';

/** The keys of a site, opened for one environment. They are never in its database: a dump must hold no name in clear and no claim link. */
export interface SiteKeys {
  readonly keys: KeyPort;
  /** Newest first. */
  readonly claimKey: string | readonly string[];
  readonly namespace: string;
}

const environments: readonly SeekPassEnvironment[] = ['sandbox', 'staging', 'production'];

/**
 * Where this site keeps its keys, by its settings.
 *
 * @throws {ConfigurationError} `invalid_configuration` when only some of them are given, or the file would be served to everybody.
 */
export function keyPlace(
  { keys, claimKey, namespace, keyFile = '.seek-pass/keys.json' }: PluginConfig,
  dirs: Pick<Core.Strapi, 'dirs'>['dirs'],
): KeyPlace {
  const given = { keys, claimKey, namespace };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 0) return { in: 'environment' };
  if (missing.length < Object.keys(given).length) {
    throw new ConfigurationError(
      missing.map((setting) => ({
        setting,
        message: `${setting} is missing: keys, claimKey and namespace are given together, or are all in the key file.`,
      })),
    );
  }
  const file = resolve(dirs.app.root, keyFile);
  if (!relative(dirs.static.public, file).startsWith('..')) {
    const message =
      'keyFile is in the public folder, which everybody can read: put it elsewhere, such as .seek-pass/keys.json.';
    throw new ConfigurationError([{ setting: 'keyFile', message }]);
  }
  const shown = relative(dirs.app.root, file);
  return { in: 'file', file: shown.startsWith('..') ? file : shown };
}

/** What {@link openSiteKeys} works with. */
export interface KeyOpening {
  readonly config: PluginConfig;
  readonly dirs: Pick<Core.Strapi, 'dirs'>['dirs'];
  readonly store: Pick<Store, 'read'>;
  readonly environment: SeekPassEnvironment;
  readonly clientId: string;
}

/**
 * Opens the keys. In a site that has stored nothing yet a key file is made; where something is stored, other keys could not read it, so none
 * are made (security rules 2, 11 and 16).
 *
 * @throws {ConfigurationError} `invalid_configuration`.
 */
export async function openSiteKeys({
  config,
  dirs,
  store,
  environment,
  clientId,
}: KeyOpening): Promise<SiteKeys> {
  const place = keyPlace(config, dirs);
  if (place.in === 'environment') {
    const { keys = '', claimKey = '', namespace = '' } = config;
    return { keys: keyRingFromText(keys), claimKey, namespace };
  }
  const file = resolve(dirs.app.root, place.file);
  const contents = (await readKeyFile(file)) ?? (await firstKeys(store, file, place.file));
  const namespace = await namespaceOf({ store, environment, clientId, contents, file });
  const keys = await openKeyRing(async () => JSON.stringify((await readKeyFile(file))?.keyRing));
  return { keys, claimKey: contents.claimKey, namespace };
}

async function firstKeys(store: Pick<Store, 'read'>, file: string, shown: string): Promise<KeyFileContents> {
  for (const issuer of environments) {
    if ((await store.read.issuer(issuer)) === undefined) continue;
    // Another instance that starts at the same time makes the file before it stores anything.
    const theirs = await readKeyFile(file);
    if (theirs !== undefined) return theirs;
    throw new ConfigurationError(
      `The key file ${shown} is missing, and the database holds credentials that were stored with it: restore it from its backup. New keys could not read them, and no mailed link would work.`,
    );
  }
  return createKeyFile(file, newKeys());
}

/** The namespace of an environment; one that belongs to another client only as long as nothing was awarded under it. */
async function namespaceOf({
  store,
  environment,
  clientId,
  contents,
  file,
}: Pick<KeyOpening, 'store' | 'environment' | 'clientId'> & {
  readonly contents: KeyFileContents;
  readonly file: string;
}): Promise<string> {
  const binding = { environment, clientId };
  const put = async (namespace: string): Promise<string> => {
    const changed = await changeKeyFile(file, (current) => ({
      ...current,
      namespaces: {
        [environment]: namespace,
        ...without(current.namespaces, contents.namespaces, environment),
      },
    }));
    return changed.namespaces[environment] ?? namespace;
  };
  const isStored =
    contents.namespaces[environment] === undefined && (await store.read.issuer(environment)) !== undefined;
  // Another instance that starts at the same time writes the namespace before it stores anything.
  const { namespaces } = isStored ? ((await readKeyFile(file)) ?? contents) : contents;
  const known = namespaces[environment];
  if (known === undefined) {
    if (!isStored) return put(createNamespace(binding));
    throw new ConfigurationError(
      `The key file has lost its namespace for ${environment}, which the stored credentials need: restore the file from its backup.`,
    );
  }
  if (belongsTo(known, binding)) return known;
  const awards = Object.values(await store.read.countByState(environment));
  // Whoever mistyped the client id may correct it. With awards the flow refuses the start.
  return awards.some((count) => count > 0) ? known : put(bindNamespace(known, binding));
}

/** What another process wrote meanwhile stays: ours only replaces what we had read. */
function without(
  current: KeyFileContents['namespaces'],
  read: KeyFileContents['namespaces'],
  environment: string,
): KeyFileContents['namespaces'] {
  if (current[environment] !== read[environment]) return current;
  return Object.fromEntries(Object.entries(current).filter(([name]) => name !== environment));
}

function belongsTo(namespace: string, binding: Parameters<typeof checkNamespace>[1]): boolean {
  try {
    checkNamespace(namespace, binding);
    return true;
  } catch (error) {
    if (SeekPassError.is(error) && error.code === 'invalid_configuration') return false;
    throw error;
  }
}
