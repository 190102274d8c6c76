import type { Core } from '@strapi/strapi';
import { fillSite } from './sample-data/fill-site';
import { makeFirstAdministrator } from './sample-data/first-administrator';

export default {
  async bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    await makeFirstAdministrator(strapi);
    await fillSite(strapi);
  },
};
