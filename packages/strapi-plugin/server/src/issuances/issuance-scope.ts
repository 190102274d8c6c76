import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { Connection } from '../connection/connection-service.ts';
import { askerMay } from '../permissions/asker.ts';
import { serviceOf } from '../plugin-services.ts';
import type { IssuanceScope } from './issuance-query.ts';
import { visibleEntries } from './visible-entries.ts';

/** What whoever asks may see, and what it is read with. */
export interface AskedScope extends IssuanceScope {
  readonly strapi: Core.Strapi;
  readonly connection: Connection;
  /** Whether names, addresses and the institution's keys may be shown. */
  readonly personal: boolean;
}

/** @throws {ApplicationError} while the plugin is not connected. */
export async function scopeOf(strapi: Core.Strapi, context: Pick<Context, 'state'>): Promise<AskedScope> {
  const connection = serviceOf(strapi, 'connection').required();
  return {
    strapi,
    connection,
    knex: strapi.db.connection,
    issuer: connection.issuer,
    visible: await visibleEntries(strapi, context),
    now: Date.now(),
    personal: askerMay(context, 'personal-data'),
  };
}
