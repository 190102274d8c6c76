import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { openLinkFinding } from '../claims/open-link-finding.ts';
import { serviceOf } from '../plugin-services.ts';
import { createMapping, deleteMapping, updateMapping } from './change-mapping.ts';
import { checkMapping } from './check-mapping.ts';
import { documentOfMedia } from './entry-document.ts';
import { previewOf } from './entry-preview.ts';
import { issuedWith } from './issued-with.ts';
import { keptMappings } from './kept-mappings.ts';
import type { MappingsService } from './mappings-service.ts';
import { populateOf } from './populate-of.ts';
import { draftFindings, judgeEntry, type JudgingContext } from './read-entry.ts';
import { readValues } from './read-values.ts';
import { siteSchemas } from './site-schemas.ts';

/** Makes the service of the mappings. */
export function mappingsService({ strapi }: { readonly strapi: Core.Strapi }): MappingsService {
  const connection = () => serviceOf(strapi, 'connection').current();
  const context = (): JudgingContext => {
    const flow = connection()?.addFlow.context;
    return { now: flow?.clock.now() ?? Date.now(), documents: flow?.documents };
  };
  return {
    all: () => keptMappings(strapi),
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
      const schemas = siteSchemas(strapi);
      const judging = context();
      const read = readValues(schemas, mapping, entry);
      const openLink = read.values.has('subject') ? await openLinkFinding(strapi, mapping) : undefined;
      if (openLink !== undefined) read.values.delete('subject');
      const { media } = read;
      const document = await documentOfMedia(strapi, mapping.credentialType, media, judging.documents);
      const { key, award, findings: ofValues } = judgeEntry(mapping, entry, read, document, judging);
      const findings = [...draftFindings(schemas, mapping, entry), ...ofValues];
      if (openLink !== undefined) findings.push(openLink);
      const isRight = !findings.some(({ severity }) => severity === 'error');
      return {
        key,
        findings,
        preview: previewOf(mapping, award, {
          seekPass: connection()?.seekPass,
          documents: judging.documents,
        }),
        ...(isRight ? { input: award } : {}),
      };
    },
    check: (mapping) => checkMapping(siteSchemas(strapi), mapping, context()),
    async list() {
      const schemas = siteSchemas(strapi);
      const mappings = await this.all();
      const issued = await issuedWith(
        strapi,
        mappings.map(({ name }) => name),
      );
      return mappings.map((mapping) => {
        const { displayName } = schemas.contentType(mapping.contentType)?.info ?? {};
        return {
          ...mapping,
          issued: issued.has(mapping.name),
          errors: this.check(mapping).filter(({ severity }) => severity === 'error'),
          ...(displayName === undefined ? {} : { contentTypeName: displayName }),
        };
      });
    },
    create(mapping) {
      return createMapping(strapi, (one) => this.check(one), mapping);
    },
    update(name, mapping, revision) {
      return updateMapping(strapi, (one) => this.check(one), name, mapping, revision);
    },
    remove: (name, revision) => deleteMapping(strapi, name, revision),
  };
}
