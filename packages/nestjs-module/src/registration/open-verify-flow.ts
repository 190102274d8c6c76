import type { VerifyFlow } from '@seek-pass-kit/flows';
import type { VerifyFlowSettings } from '../seek-pass-module-options.ts';
import { given } from './given.ts';
import type { Opening } from './opening.ts';
import type { ServedRoute } from './registration.ts';
import { required } from './required.ts';
import { routeAt } from './route-at.ts';

/** Opens the verify flow of a registration, and its pages. */
export async function openVerifyFlow(
  settings: VerifyFlowSettings,
  { options, shared, handlers, log }: Opening,
): Promise<{ readonly verifyFlow: VerifyFlow; readonly routes: readonly ServedRoute[] }> {
  const { createVerifyFlow } = await import('@seek-pass-kit/flows');
  const { errorName } = await import('@seek-pass-kit/flows/node');
  const { brand, defaultLocale } = options;
  handlers.verification['log'] = ({ type, verificationId }) =>
    log({ event: 'verification', type, verificationId });
  const verifyFlow = createVerifyFlow({
    ...settings,
    ...shared,
    brand: required('brand', brand),
    ...given({ defaultLocale }),
    onNotice: log,
    onDecision: handlers.verification,
  });
  await verifyFlow.start();
  const handler = verifyFlow.pages({
    onError: (error) => log({ event: 'request_failed', error: errorName(error) }),
  });
  return { verifyFlow, routes: [routeAt(settings.callbackBaseUrl, handler)] };
}
