import type { AddFlow } from '@seek-pass-kit/flows';
import { claimHandlerOptions } from '../claims/claim-handler-options.ts';
import { reasonOf } from '../claims/application-failure.ts';
import type { AddFlowSettings } from '../seek-pass-module-options.ts';
import { given } from './given.ts';
import { openMail } from './open-mail.ts';
import type { Opening } from './opening.ts';
import type { ServedRoute } from './registration.ts';
import { required } from './required.ts';
import { routeAt } from './route-at.ts';

/** Opens the add flow of a registration, and what it serves: claim pages and documents. */
export async function openAddFlow(
  settings: AddFlowSettings,
  { options, shared, handlers, log, record, closes }: Opening,
): Promise<{ readonly addFlow: AddFlow; readonly routes: readonly ServedRoute[] }> {
  const { createAddFlow } = await import('@seek-pass-kit/flows');
  const { errorName } = await import('@seek-pass-kit/flows/node');
  const { clientId, brand, claimPages, defaultLocale } = options;
  handlers.award['log'] = ({ type, awardId }) => log({ event: 'award', type, awardId });
  const mail = await openMail(settings.mail);
  closes.push(mail.close);
  const addFlow = createAddFlow({
    ...settings,
    ...shared,
    clientId,
    mail: mail.mail,
    brand: required('brand', brand),
    ...given({ defaultLocale }),
    onNotice(notice) {
      record.onNotice(notice);
      log(notice);
    },
    onEvent: handlers.award,
    async onAuditHead(head) {
      const { issuer, number, mac } = head;
      log({ event: 'audit_head', issuer, number, mac });
      await settings.onAuditHead?.(head);
    },
  });
  await addFlow.start();
  const routes: ServedRoute[] = [];
  if (claimPages !== undefined && claimPages !== false) {
    const handler = addFlow.claimPages({
      ...claimHandlerOptions(claimPages, shared.clock),
      onError: (error, { route, awardId }) =>
        log({
          event: 'claim_failed',
          route,
          error: errorName(error),
          ...given({ awardId, reason: reasonOf(error) }),
        }),
    });
    routes.push(routeAt(settings.claimBaseUrl, handler));
  }
  if (settings.documents?.baseUrl !== undefined) {
    const { trustedProxies } = typeof claimPages === 'object' ? claimPages : {};
    const handler = addFlow.documents({
      ...given({ callers: settings.documents.callers, trustedProxies }),
      onError: (error) => log({ event: 'request_failed', error: errorName(error) }),
    });
    routes.push(routeAt(settings.documents.baseUrl, handler));
  }
  return { addFlow, routes };
}
