import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { openLinkFinding } from '../claims/open-link-finding.ts';
import { serviceOf } from '../plugin-services.ts';
import { previewOf } from './entry-preview.ts';
import { listMappings } from './kept-mappings.ts';
import type { MappingsService } from './mappings-service.ts';
import { populateOf } from './populate-of.ts';
import { judgeEntry } from './read-entry.ts';
import { readValues } from './read-values.ts';
import { siteSchemas } from './site-schemas.ts';

/** Makes the service of the mappings. */
export function mappingsService({ strapi }: { readonly strapi: Core.Strapi }): MappingsService {
  return {
    async all() {
      return listMappings(strapi);
    },
    async ofContentType(contentType) {
      return (await this.all()).filter((one) => one.contentType === contentType && one.enabled);
    },
    async find(name) {
      return (await this.all()).find((one) => one.name === name);
    },
    async required(name) {
      const mapping = await this.find(name);
      if (mapping?.enabled === true) return mapping;
      throw new errors.ApplicationError(
        mapping === undefined
          ? `There is no mapping ${name}: reload the page and choose another.`
          : `The mapping ${mapping.title} is switched off: switch it on in the settings, or choose another.`,
      );
    },
    populateOf: (mapping) => populateOf(siteSchemas(strapi), mapping),
    async readEntry(mapping, entry) {
      const connection = serviceOf(strapi, 'connection').current();
      const read = readValues(siteSchemas(strapi), mapping, entry);
      const openLink = read.values.has('subject') ? await openLinkFinding(strapi, mapping) : undefined;
      if (openLink !== undefined) read.values.delete('subject');
      const context = { now: Date.now(), documents: connection?.addFlow.context.documents };
      const { key, award, findings: judged } = judgeEntry(mapping, entry, read, undefined, context);
      const findings = openLink === undefined ? judged : [...judged, openLink];
      const isRight = !findings.some(({ severity }) => severity === 'error');
      return {
        key,
        findings,
        preview: previewOf(mapping, award),
        ...(isRight ? { input: award } : {}),
      };
    },
  };
}
