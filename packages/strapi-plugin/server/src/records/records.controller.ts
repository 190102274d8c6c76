import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { AuditVerdictAnswer } from '../../../contract/records.ts';
import { whoAsks } from '../permissions/asker.ts';
import { serviceOf } from '../plugin-services.ts';
import { readInput } from '../routes/read-input.ts';
import { erasureRequest, verdictQuery } from './record-requests.ts';

/** The audit trail and erasures. What it answers names nobody; who asks for an erasure has named the person. */
export function recordsController({ strapi }: { readonly strapi: Core.Strapi }) {
  return {
    async verdict(context: Context) {
      const { head: heads } = readInput(verdictQuery, { ...context.query });
      const { head, ...verdict } = await serviceOf(strapi, 'records').verdict(heads);
      context.body = {
        ...verdict,
        head: head === undefined ? null : { number: head.number, mac: head.mac, at: head.at },
      } satisfies AuditVerdictAnswer;
    },
    async erasures(context: Context) {
      context.body = { erasures: await serviceOf(strapi, 'records').erasures() };
    },
    async erase(context: Context) {
      const { of, reason, dryRun = false } = readInput(erasureRequest, context.request.body);
      context.body = await serviceOf(strapi, 'records').erase({ of, reason, dryRun, who: whoAsks(context) });
    },
  };
}
