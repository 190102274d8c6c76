import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { serviceOf } from '../plugin-services.ts';

/** Says whether the plugin is connected. */
export function connectionController({ strapi }: { readonly strapi: Core.Strapi }) {
  return {
    state(context: Context) {
      const connection = serviceOf(strapi, 'connection');
      context.body = { connected: connection.current() !== undefined, problem: connection.problem() ?? null };
    },
  };
}
