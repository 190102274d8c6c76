import { documentedScopes } from '@seek-pass-kit/core';
import { locales } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { SettingsAnswer, TestAnswer } from '../../../contract/settings.ts';
import { examine } from '../checking-up/examine.ts';
import { connectionState } from '../connection/connection-state.ts';
import { issuingState } from '../issuing/issuing-state.ts';
import { keyPlace } from '../keys/site-keys.ts';
import { whoAsks } from '../permissions/asker.ts';
import { serviceOf } from '../plugin-services.ts';
import { readInput } from '../routes/read-input.ts';
import { hasEncryptionKey } from './saved-settings.ts';
import { settingsChange } from './settings-input.ts';

/** The settings page. Nothing that it answers holds a secret. */
export function settingsController({ strapi }: { readonly strapi: Core.Strapi }) {
  const answer = async (): Promise<SettingsAnswer> => {
    const service = serviceOf(strapi, 'connection');
    const connection = service.current();
    const { values, sources, secret, revision, config } = await serviceOf(strapi, 'settings').read();
    return {
      revision,
      values,
      sources,
      secret,
      canSaveSecret: hasEncryptionKey(strapi),
      keys: keyPlace(config, strapi.dirs),
      works: config.work !== false,
      choices: { scopes: documentedScopes, locales },
      state: await connectionState(service),
      ...(connection === undefined ? {} : { issuing: await issuingState(strapi, connection) }),
    };
  };
  return {
    async find(context: Context) {
      context.body = await answer();
    },
    async save(context: Context) {
      const change = readInput(settingsChange, context.request.body);
      await serviceOf(strapi, 'settings').save(change, whoAsks(context));
      context.body = await answer();
    },
    async test(context: Context) {
      const settings = await serviceOf(strapi, 'settings').read();
      context.body = { findings: await examine(strapi, settings) } satisfies TestAnswer;
    },
  };
}
