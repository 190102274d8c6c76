import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { MappingChoices } from '../../../contract/runs.ts';
import { askerMay, whoAsks } from '../permissions/asker.ts';
import { serviceOf } from '../plugin-services.ts';
import { readInput } from '../routes/read-input.ts';
import {
  confirmation,
  listQuery,
  mappingsQuery,
  resultsQuery,
  rowsQuery,
  runId,
  runRequest,
} from './run-requests.ts';
import type { RunAsker } from './runs-service.ts';

/** What staff do with runs. */
export function runsController({ strapi }: { readonly strapi: Core.Strapi }) {
  const runs = () => serviceOf(strapi, 'runs');
  return {
    async create(context: Context) {
      context.body = await runs().create(readInput(runRequest, context.request.body), askerOf(context));
      context.status = 201;
    },
    /** The names of mappings, which whoever issues has to choose from. */
    async mappings(context: Context) {
      const { contentType } = readInput(mappingsQuery, context.query);
      const found = await serviceOf(strapi, 'mappings').ofContentType(contentType);
      context.body = {
        mappings: found.map(({ name, title }) => ({ name, title })),
      } satisfies MappingChoices;
    },
    async list(context: Context) {
      const { before } = readInput(listQuery, context.query);
      context.body = await runs().list(askerOf(context), before);
    },
    async detail(context: Context) {
      context.body = await runs().detail(idOf(context), askerOf(context));
    },
    async rows(context: Context) {
      const { after, limit, only } = readInput(rowsQuery, context.query);
      const query = { after, limit, refusedOnly: only === 'refused' };
      context.body = await runs().rows(idOf(context), query, askerOf(context));
    },
    async results(context: Context) {
      const { after } = readInput(resultsQuery, context.query);
      context.set('cache-control', 'no-store');
      context.body = await runs().results(idOf(context), after, askerOf(context));
    },
    async confirm(context: Context) {
      const { awards } = readInput(confirmation, context.request.body);
      context.body = await runs().confirm(idOf(context), awards, askerOf(context));
    },
    async resume(context: Context) {
      context.body = await runs().resume(idOf(context), askerOf(context));
    },
    async cancel(context: Context) {
      context.body = await runs().cancel(idOf(context), askerOf(context));
    },
    async retry(context: Context) {
      context.body = await runs().retry(idOf(context), askerOf(context));
      context.status = 201;
    },
  };
}

function askerOf(context: Context): RunAsker {
  return {
    who: whoAsks(context),
    ability: (context.state as { readonly userAbility: unknown }).userAbility,
    seesPersonalData: askerMay(context, 'personal-data'),
  };
}

function idOf(context: Context): string {
  return readInput(runId, (context['params'] as { readonly id?: unknown }).id);
}
