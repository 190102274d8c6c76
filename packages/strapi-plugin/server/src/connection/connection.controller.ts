import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { serviceOf } from '../plugin-services.ts';
import { connectionState } from './connection-state.ts';

/** Says whether the plugin is connected. */
export function connectionController({ strapi }: { readonly strapi: Core.Strapi }) {
  return {
    async state(context: Context) {
      context.body = await connectionState(serviceOf(strapi, 'connection'));
    },
  };
}
