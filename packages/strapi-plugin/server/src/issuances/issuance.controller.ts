import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { z } from 'zod';
import { withdrawalReasons } from '../../../contract/award-actions.ts';
import type { IssuanceMailAllowed } from '../../../contract/issuances.ts';
import { resendMail, withdrawAward } from '../awards/award-actions.ts';
import { whoAsks } from '../permissions/asker.ts';
import { readInput } from '../routes/read-input.ts';
import { issuanceDetail, visibleIssuance } from './issuance-detail.ts';
import { awardIdInput } from './issuance-input.ts';
import { scopeOf } from './issuance-scope.ts';

const withdrawalInput = z.strictObject({ reason: z.enum(withdrawalReasons) });

/** One award. Each action is for those only who may read the entry that it came from. */
export function issuanceController({ strapi }: { readonly strapi: Core.Strapi }) {
  const seen = async (context: Context) => {
    const { id: awardId } = readInput(awardIdInput, context['params']);
    const scope = await scopeOf(strapi, context);
    await visibleIssuance(scope, awardId);
    return { flow: scope.connection.addFlow, awardId, who: whoAsks(context) };
  };
  return {
    async detail(context: Context) {
      const { id } = readInput(awardIdInput, context['params']);
      context.body = await issuanceDetail(await scopeOf(strapi, context), id);
    },
    async resend(context: Context) {
      const { awardId, who } = await seen(context);
      context.body = await resendMail(strapi, awardId, who);
    },
    async allowMail(context: Context) {
      const { flow, awardId, who } = await seen(context);
      const outcome = await flow.clearBounce({ awardId, who });
      if (outcome === 'unknown_award') throw new errors.NotFoundError();
      context.body = { outcome } satisfies IssuanceMailAllowed;
    },
    async withdraw(context: Context) {
      const { reason } = readInput(withdrawalInput, context.request.body);
      const { awardId, who } = await seen(context);
      context.body = await withdrawAward(strapi, awardId, reason, who);
    },
  };
}
