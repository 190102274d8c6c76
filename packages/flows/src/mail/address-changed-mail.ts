import { addressChangedKind } from '../awards/address-changed-job.ts';
import type { FlowContext } from '../flow-context.ts';
import type { JobHandler } from '../jobs/runner.ts';
import { localeOf } from './compose-message.ts';
import { deliver } from './delivery.ts';
import type { Delivery } from './delivery-plan.ts';
import { addressChangedLetter } from './letters.ts';
import { mailIdentity } from './mail-identity.ts';

/** Does jobs of `addressChangedJob`: tells the former address, so that whoever reads there can object (security rule 12). */
export function addressChangedMailHandler(context: FlowContext): JobHandler {
  return (job, control) => {
    const { awardId = '', recipientId = '' } = job.refs;
    const delivery: Delivery = {
      ...mailIdentity(context, addressChangedKind, awardId),
      kind: addressChangedKind,
      recipientId,
      async choose(reads) {
        const award = await reads.award(context.issuer, awardId);
        return award === undefined ? [] : [award];
      },
      write: (person, awards) => ({
        letter: addressChangedLetter(
          { brand: context.brand, locale: localeOf(context, person), person },
          awards.map(({ title }) => title),
        ),
      }),
    };
    return deliver(context, delivery, control);
  };
}
