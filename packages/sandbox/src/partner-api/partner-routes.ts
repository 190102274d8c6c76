import type { Route } from '../http/message.ts';
import { addRoutes } from './add-routes.ts';
import { batchRoutes } from './batch-routes.ts';
import { openApiRoutes } from './openapi.ts';
import type { PartnerApi } from './partner-api.ts';
import { statusRoutes } from './status-routes.ts';
import { tokenRoutes } from './token-route.ts';
import { uploadRoutes } from './upload-routes.ts';
import { verifyRoutes } from './verify-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** Every route a partner calls. */
export function partnerRoutes(api: PartnerApi): readonly Route[] {
  return [
    ...tokenRoutes(api),
    ...addRoutes(api),
    ...batchRoutes(api),
    ...statusRoutes(api),
    ...verifyRoutes(api),
    ...webhookRoutes(api),
    ...uploadRoutes(api),
    ...openApiRoutes(api),
  ];
}
