import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { z } from 'zod';
import { withdrawalReasons } from '../../../contract/award-actions.ts';
import {
  type EntryAward,
  type EntryAwards,
  type EntryStates,
  type IssuePreview,
  type MappedContentTypes,
  mostEntriesAsked,
} from '../../../contract/entry-awards.ts';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import type { Mapping } from '../../../contract/mapping.ts';
import { withoutPersonalData } from '../mapping/entry-preview.ts';
import { askerMay, whoAsks } from '../permissions/asker.ts';
import { localeInput } from '../permissions/locale-input.ts';
import { readableDocumentIds, requireReadable } from '../permissions/readable-entries.ts';
import { readableEntry } from '../permissions/readable-entry.ts';
import { serviceOf } from '../plugin-services.ts';
import { readInput } from '../routes/read-input.ts';
import { entryVersionOf } from './entry-version.ts';
import { publishedEntries } from './published-entries.ts';

const name = z.string().min(1).max(200);
const place = { contentType: name, documentId: name, locale: localeInput.optional() };
const entrySchema = z.strictObject(place);
const awardSchema = z.strictObject({ ...place, mapping: name });
const issueSchema = z.strictObject({
  ...place,
  mapping: name,
  /** `seen` of the preview that was confirmed. */
  seen: name,
  reissueWithdrawn: z.boolean().optional(),
});
const withdrawSchema = z.strictObject({ ...place, mapping: name, reason: z.enum(withdrawalReasons) });
const statesSchema = z.strictObject({
  contentType: name,
  locale: localeInput.optional(),
  documentIds: z.array(name).min(1).max(mostEntriesAsked),
});

/** What staff do on an entry. Each action checks that its entry may be read; the route, the permission of the plugin. */
export function entryAwardsController({ strapi }: { readonly strapi: Core.Strapi }) {
  const service = () => serviceOf(strapi, 'entry-awards');
  return {
    /** The content types whose entries can be issued: names only, which whoever manages content knows. */
    async contentTypes(context: Context) {
      const mappings = await serviceOf(strapi, 'mappings').all();
      const contentTypes = new Set(
        mappings.flatMap(({ enabled, contentType }) => (enabled ? [contentType] : [])),
      );
      context.body = { contentTypes: [...contentTypes] } satisfies MappedContentTypes;
    },

    async states(context: Context) {
      const { contentType, documentIds, locale } = readInput(statesSchema, context.request.body);
      const readable = await readableDocumentIds(strapi, context, {
        contentType,
        documentIds,
        ...(locale === undefined ? {} : { locale }),
      });
      const states = await service().statesOf(contentType, readable, locale);
      context.body = { states: Object.fromEntries(states) } satisfies EntryStates;
    },

    async awards(context: Context) {
      const entry = placeOf(readInput(entrySchema, context.query));
      await requireReadable(strapi, context, entry);
      const [awards, [published]] = await Promise.all([
        service().awardsOf(entry),
        publishedEntries(strapi, entry.contentType, [entry.documentId], {
          locale: entry.locale,
          fields: ['publishedAt', 'updatedAt'],
        }),
      ]);
      const mayKnow = askerMay(context, 'personal-data');
      context.body = {
        published: published === undefined ? null : entryVersionOf(published),
        awards: mayKnow ? awards : awards.map(withoutPerson),
      } satisfies EntryAwards;
    },

    async preview(context: Context) {
      const award = awardOf(readInput(awardSchema, context.query));
      await requireReadable(strapi, context, award);
      const preview = await service().previewOf(award);
      context.body = askerMay(context, 'personal-data')
        ? preview
        : hidePerson(preview, await serviceOf(strapi, 'mappings').required(award.mapping));
    },

    async issue(context: Context) {
      const { seen, reissueWithdrawn = false, ...input } = readInput(issueSchema, context.request.body);
      const award = awardOf(input);
      await readableEntry(strapi, context, award);
      context.body = await service().issue({ ...award, seen, reissueWithdrawn, who: whoAsks(context) });
      serviceOf(strapi, 'connection').kick();
    },

    async resend(context: Context) {
      const award = awardOf(readInput(awardSchema, context.request.body));
      await requireReadable(strapi, context, award);
      context.body = await service().resend(award, whoAsks(context));
    },

    async withdraw(context: Context) {
      const { reason, ...input } = readInput(withdrawSchema, context.request.body);
      const award = awardOf(input);
      await requireReadable(strapi, context, award);
      context.body = await service().withdraw(award, reason, whoAsks(context));
    },

    async link(context: Context) {
      const award = awardOf(readInput(awardSchema, context.request.body));
      await requireReadable(strapi, context, award);
      // It is a key: nothing on the way may keep it.
      context.set('cache-control', 'no-store');
      context.body = await service().link(award, whoAsks(context));
    },
  };
}

function placeOf({ contentType, documentId, locale }: z.output<typeof entrySchema>): EntryPlace {
  return { contentType, documentId, ...(locale === undefined ? {} : { locale }) };
}

function awardOf({ mapping, ...entry }: z.output<typeof awardSchema>) {
  return { ...placeOf(entry), mapping };
}

function withoutPerson({ recipient: _recipient, ...award }: EntryAward): EntryAward {
  return award;
}

function hidePerson(
  { recipient: _recipient, preview, ...rest }: IssuePreview,
  mapping: Mapping,
): IssuePreview {
  return preview === undefined ? rest : { ...rest, preview: withoutPersonalData(preview, mapping) };
}
