import { credentialTypes, systemClock } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { z } from 'zod';
import type { Mapping, MappingChoices, MappingTrial } from '../../../contract/mapping.ts';
import { askerMay, whoAsks } from '../permissions/asker.ts';
import { localeInput } from '../permissions/locale-input.ts';
import { readableEntry } from '../permissions/readable-entry.ts';
import { serviceOf } from '../plugin-services.ts';
import { readInput } from '../routes/read-input.ts';
import { withoutPersonalData } from './entry-preview.ts';
import { guessTargets } from './guess-mapping.ts';
import { mappingSchema } from './mapping-schema.ts';
import { targetsOf } from './mapping-targets.ts';
import { siteSchemas } from './site-schemas.ts';
import { isMappable, sourceFieldsOf } from './source-fields.ts';
import { trialEntries } from './trial-entries.ts';
import { unreadableTargets, withoutTargets } from './unreadable-targets.ts';

const id = z.string().min(1).max(200);
const revision = z.int().min(0);
const createSchema = z.strictObject({ mapping: mappingSchema });
const updateSchema = z.strictObject({ mapping: mappingSchema, revision });
const switchSchema = z.strictObject({ enabled: z.boolean(), revision });
const removeSchema = z.strictObject({ revision: z.coerce.number().pipe(revision) });
const fieldsSchema = z.strictObject({ contentType: id });
const entriesSchema = z.strictObject({ contentType: id, search: z.string().max(200).optional() });
const guessSchema = z.strictObject({ contentType: id, credentialType: z.enum(credentialTypes) });
const trialSchema = z.strictObject({
  // A mapping that is being made may have no name and no title yet.
  mapping: mappingSchema.extend({ name: z.string().max(50), title: z.string().max(100) }),
  entry: z.strictObject({ documentId: id, locale: localeInput.optional() }).optional(),
});

/** The settings page of the mappings. An entry is shown only to whoever may read it, and its person only with `personal-data`. */
export function mappingsController({ strapi }: { readonly strapi: Core.Strapi }) {
  const service = () => serviceOf(strapi, 'mappings');
  /** Who changed what becomes of entries belongs into the audit trail: a mapping decides who gets which credential. */
  const record = async (context: Context, mapping: string, why: string) => {
    const connection = serviceOf(strapi, 'connection').current();
    if (connection === undefined) return;
    const { issuer, store } = connection;
    const about = `mapping:${mapping}`;
    const row = { issuer, at: systemClock.now(), who: whoAsks(context), what: 'mapping', about, why };
    await store.transaction((tx) => tx.appendAudit([row]));
  };
  const named = async (name: unknown) => {
    const mapping = await service().find(String(name));
    if (mapping === undefined) throw new errors.NotFoundError('There is no such mapping any more.');
    return mapping;
  };
  return {
    async list(context: Context) {
      context.body = { mappings: await service().list() };
    },

    async create(context: Context) {
      const { mapping } = readInput(createSchema, context.request.body);
      context.body = { mapping: await service().create(mapping) };
      await record(context, mapping.name, 'created');
    },

    async update(context: Context) {
      const input = readInput(updateSchema, context.request.body);
      const former = String(context['params'].name);
      context.body = { mapping: await service().update(former, input.mapping, input.revision) };
      await record(context, input.mapping.name, 'changed');
    },

    async switch(context: Context) {
      const input = readInput(switchSchema, context.request.body);
      const { keptIn: _keptIn, revision: _revision, ...mapping } = await named(context['params'].name);
      const next: Mapping = { ...mapping, enabled: input.enabled };
      context.body = { mapping: await service().update(mapping.name, next, input.revision) };
      await record(context, mapping.name, input.enabled ? 'switched_on' : 'switched_off');
    },

    async remove(context: Context) {
      const input = readInput(removeSchema, context.query);
      const name = String(context['params'].name);
      await service().remove(name, input.revision);
      await record(context, name, 'removed');
      context.body = {};
    },

    /** As `config/plugins` takes it. */
    async file(context: Context) {
      const { keptIn: _keptIn, revision: _revision, ...mapping } = await named(context['params'].name);
      context.attachment(`${mapping.name}.json`);
      context.type = 'application/json';
      context.body = `${JSON.stringify(mapping, null, 2)}\n`;
    },

    choices(context: Context) {
      context.body = {
        contentTypes: Object.values(strapi.contentTypes)
          .filter(({ uid, pluginOptions }) => isMappable(uid) && isShown(pluginOptions))
          .map(({ uid, info }) => ({ uid, name: info.displayName }))
          .toSorted((a, b) => a.name.localeCompare(b.name)),
        credentialTypes: credentialTypes.map((credentialType) => ({
          credentialType,
          targets: targetsOf(credentialType),
        })),
      } satisfies MappingChoices;
    },

    fields(context: Context) {
      const { contentType } = readInput(fieldsSchema, context.query);
      context.body = {
        fields: isMappable(contentType) ? sourceFieldsOf(siteSchemas(strapi), contentType) : [],
      };
    },

    async entries(context: Context) {
      const input = readInput(entriesSchema, context.query);
      requireMappable(input.contentType);
      context.body = { entries: await trialEntries(strapi, context, input) };
    },

    guess(context: Context) {
      const { contentType, credentialType } = readInput(guessSchema, context.query);
      const institution = serviceOf(strapi, 'connection').current()?.addFlow.context.brand.name;
      context.body = { targets: guessTargets(siteSchemas(strapi), contentType, credentialType, institution) };
    },

    async try(context: Context) {
      const { mapping, entry: place } = readInput(trialSchema, context.request.body);
      const findings = service().check(mapping);
      if (place === undefined) {
        context.body = { findings } satisfies MappingTrial;
        return;
      }
      const { contentType } = mapping;
      requireMappable(contentType);
      const entry = await readableEntry(
        strapi,
        context,
        {
          contentType,
          documentId: place.documentId,
          ...(place.locale === undefined ? {} : { locale: place.locale }),
        },
        service().populateOf(mapping),
      );
      const reading = await service().readEntry(mapping, entry);
      const preview = withoutTargets(reading.preview, unreadableTargets(strapi, context, mapping, entry));
      context.body = {
        findings: reading.findings,
        preview: askerMay(context, 'personal-data') ? preview : withoutPersonalData(preview, mapping),
      } satisfies MappingTrial;
    },
  };
}

function requireMappable(contentType: string): void {
  if (isMappable(contentType)) return;
  throw new errors.ValidationError(
    `${contentType} belongs to Strapi itself: choose a content type of your site.`,
  );
}

/** Whether staff see the content type in the Content Manager. */
function isShown(pluginOptions: unknown): boolean {
  const options = pluginOptions as
    | Readonly<Record<string, { readonly visible?: boolean } | undefined>>
    | undefined;
  return options?.['content-manager']?.visible !== false;
}
