import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { whoAsks } from '../permissions/asker.ts';
import { serviceOf } from '../plugin-services.ts';
import { readInput } from '../routes/read-input.ts';
import { issuingState } from './issuing-state.ts';
import { resumeTurn, stopTurn } from './turn-input.ts';

/** The kill switch: nothing is issued or submitted any more, by any instance, until somebody takes it back. The audit trail says who. */
export function issuingController({ strapi }: { readonly strapi: Core.Strapi }) {
  return {
    async stop(context: Context) {
      const { reason } = readInput(stopTurn, context.request.body);
      const connection = serviceOf(strapi, 'connection').required();
      await connection.addFlow.stopIssuing(null, { who: whoAsks(context), reason });
      context.body = await issuingState(strapi, connection);
    },
    async resume(context: Context) {
      const { reason } = readInput(resumeTurn, context.request.body);
      const connection = serviceOf(strapi, 'connection').required();
      await connection.addFlow.resumeIssuing(null, { who: whoAsks(context), reason });
      context.body = await issuingState(strapi, connection);
    },
  };
}
