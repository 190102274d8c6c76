import type { Core } from '@strapi/types';
import { serviceOf } from '../plugin-services.ts';

/**
 * Says at the start, a sentence for each problem, which mappings do not fit the site any more. Nothing is issued with those; the rest of the
 * site runs, so that the content types can be mended in it.
 */
export async function warnOfMappings(strapi: Core.Strapi): Promise<void> {
  for (const { name, keptIn, errors } of await serviceOf(strapi, 'mappings').list()) {
    const place = keptIn === 'code' ? 'config/plugins' : 'Settings, SEEK Pass, Mappings';
    for (const { target, message, remedy } of errors) {
      const where = target === '' ? '' : `, ${target}`;
      strapi.log.error(`SEEK Pass: mapping ${name} (${place})${where}: ${message}. ${remedy}`);
    }
  }
}
