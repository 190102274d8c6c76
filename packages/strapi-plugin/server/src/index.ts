import type { Core } from '@strapi/types';
import { connectionController } from './connection/connection.controller.ts';
import { connectionService } from './connection/connection.service.ts';
import { registerPermissions } from './permissions/register-permissions.ts';
import { serviceOf } from './plugin-services.ts';
import { routes } from './routes/index.ts';

async function bootstrap({ strapi }: { readonly strapi: Core.Strapi }): Promise<void> {
  await registerPermissions(strapi);
  await serviceOf(strapi, 'connection').reopen();
}

async function destroy({ strapi }: { readonly strapi: Core.Strapi }): Promise<void> {
  await serviceOf(strapi, 'connection').close();
}

// Strapi takes the default export.
export default {
  bootstrap,
  destroy,
  config: { default: {}, validator: () => undefined },
  contentTypes: {},
  controllers: { connection: connectionController },
  services: { connection: connectionService },
  routes,
};
