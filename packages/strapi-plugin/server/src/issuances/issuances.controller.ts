import { Readable } from 'node:stream';
import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { z } from 'zod';
import { whoAsks } from '../permissions/asker.ts';
import { readInput } from '../routes/read-input.ts';
import { exportIssuances } from './export-issuances.ts';
import { filterChoices } from './filter-choices.ts';
import { countIssuances, summarise } from './issuance-counts.ts';
import { positionOf } from './issuance-cursor.ts';
import { filterInput, pageInput, searchInput } from './issuance-input.ts';
import { scopeOf } from './issuance-scope.ts';
import { listIssuances, type PageAsked } from './list-issuances.ts';

/** The list of all awards. */
export function issuancesController({ strapi }: { readonly strapi: Core.Strapi }) {
  return {
    async list(context: Context) {
      const asked = pageAsked(readInput(pageInput, context.query));
      context.body = await listIssuances(await scopeOf(strapi, context), asked);
    },
    /** Like the list, of what a text names; a POST, as the text may be an e-mail address and must stand in no URL. */
    async search(context: Context) {
      const { text, ...asked } = readInput(searchInput, context.request.body);
      context.body = await listIssuances(await scopeOf(strapi, context), { ...pageAsked(asked), text });
    },
    async counts(context: Context) {
      context.body = await countIssuances(await scopeOf(strapi, context));
    },
    async summary(context: Context) {
      context.body = await summarise(await scopeOf(strapi, context));
    },
    async filters(context: Context) {
      context.body = await filterChoices(await scopeOf(strapi, context));
    },
    async export(context: Context) {
      const filter = withoutAbsent(readInput(filterInput, context.query));
      const scope = await scopeOf(strapi, context);
      const { issuer, connection, now } = scope;
      await connection.store.transaction((tx) =>
        tx.appendAudit([
          {
            issuer,
            at: now,
            who: whoAsks(context),
            what: scope.personal ? 'awards_exported_with_names' : 'awards_exported',
            about: null,
            why: JSON.stringify(filter),
          },
        ]),
      );
      context.set('content-type', 'text/csv; charset=utf-8');
      context.set('content-disposition', 'attachment; filename="seek-pass-awards.csv"');
      context.set('cache-control', 'no-store');
      context.body = Readable.from(exportIssuances(scope, filter));
    },
  };
}

function pageAsked({ limit, after, ...filter }: z.output<typeof pageInput>): PageAsked {
  return {
    filter: withoutAbsent(filter),
    limit,
    ...(after === undefined ? {} : { after: positionOf(after) }),
  };
}

type Present<Members> = { [Name in keyof Members]: Exclude<Members[Name], undefined> };

/** What was not asked for is left out. */
function withoutAbsent<Members extends object>(members: Members): Present<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Present<Members>;
}
