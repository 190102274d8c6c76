import type { Route } from '../../http/message.ts';
import { faultRoutes } from './faults.ts';
import { overviewRoutes } from './overview.ts';
import { PanelSite } from './panel-site.ts';
import type { ControlPanelParts } from './panel-site.ts';
import { requestRoutes } from './requests.ts';
import { submissionRoutes } from './submissions.ts';
import { verificationRoutes } from './verifications.ts';
import { webhookRoutes } from './webhooks.ts';

/** The control panel: pages over the control API, and nothing that API cannot do. Paths are without the secret prefix. */
export function controlPanelRoutes(parts: ControlPanelParts): readonly Route[] {
  const site = new PanelSite(parts);
  return [
    ...overviewRoutes(site),
    ...submissionRoutes(site),
    ...verificationRoutes(site),
    ...requestRoutes(site),
    ...webhookRoutes(site),
    ...faultRoutes(site),
  ];
}
