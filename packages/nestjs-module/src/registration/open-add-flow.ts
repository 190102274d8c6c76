import type { AddFlow } from '@seek-pass-kit/flows';
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
  { options, shared, closes }: Opening,
): Promise<{ readonly addFlow: AddFlow; readonly routes: readonly ServedRoute[] }> {
  const { createAddFlow } = await import('@seek-pass-kit/flows');
  const { clientId, brand, claimPages, defaultLocale } = options;
  const mail = await openMail(settings.mail);
  closes.push(mail.close);
  const addFlow = createAddFlow({
    ...settings,
    ...shared,
    clientId,
    mail: mail.mail,
    brand: required('brand', brand),
    ...given({ defaultLocale }),
  });
  await addFlow.start();
  const routes: ServedRoute[] = [];
  if (claimPages !== undefined) {
    routes.push(routeAt(settings.claimBaseUrl, addFlow.claimPages(claimPages === true ? {} : claimPages)));
  }
  if (settings.documents?.baseUrl !== undefined) {
    routes.push(routeAt(settings.documents.baseUrl, addFlow.documents()));
  }
  return { addFlow, routes };
}
