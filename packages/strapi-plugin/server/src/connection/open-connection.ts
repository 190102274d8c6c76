import { SeekPass } from '@seek-pass-kit/core';
import { createAddFlow, createMemoryStore, keyRingFromText, type MailPort } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import type { PluginConfig } from '../plugin-config.ts';
import type { Connection } from './connection-service.ts';

/** Opens the client and the add flow with these settings. */
export async function openConnection(
  _strapi: Core.Strapi,
  config: PluginConfig,
  mail: MailPort,
): Promise<Connection> {
  const { environment, baseUrl, clientId, clientSecret, keys, namespace, claimKey, claimBaseUrl, brand } =
    config;
  const seekPass = new SeekPass({
    environment,
    clientId,
    clientSecret,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    scopes: ['write.microcredential', 'write.education'],
  });
  const store = createMemoryStore();
  const addFlow = createAddFlow({
    seekPass,
    environment,
    clientId,
    store,
    keys: keyRingFromText(keys),
    namespace,
    claimKey,
    claimBaseUrl,
    brand,
    mail,
  });
  await addFlow.start();
  return { issuer: 'default', seekPass, addFlow, store };
}
