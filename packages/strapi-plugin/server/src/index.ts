import type { Core } from '@strapi/types';
import { startAutomation, stopAutomation } from './automation/automation-cron.ts';
import { automationController } from './automation/automation.controller.ts';
import { automationService } from './automation/automation.service.ts';
import { watchPublishing } from './automation/watch-publishing.ts';
import { entryAwardsController } from './awards/entry-awards.controller.ts';
import { entryAwardsService } from './awards/entry-awards.service.ts';
import { claimsService } from './claims/claims.service.ts';
import { meController } from './claims/me.controller.ts';
import { connectionController } from './connection/connection.controller.ts';
import { connectionService } from './connection/connection.service.ts';
import { startWork, stopWork } from './connection/work-cron.ts';
import { issuingController } from './issuing/issuing.controller.ts';
import { importsController } from './imports/imports.controller.ts';
import { issuanceController } from './issuances/issuance.controller.ts';
import { issuancesController } from './issuances/issuances.controller.ts';
import { mappingsController } from './mapping/mapping.controller.ts';
import { warnOfMappings } from './mapping/warn-of-mappings.ts';
import { allowAwardWebhooks } from './events/site-events.ts';
import { mappingsService } from './mapping/mapping.service.ts';
import { hasAnyPermission } from './permissions/has-any-permission.ts';
import { registerPermissions } from './permissions/register-permissions.ts';
import { isSignedInStaff } from './permissions/signed-in-staff.ts';
import { environmentConfig, readPluginConfig } from './plugin-config.ts';
import { serviceOf } from './plugin-services.ts';
import { recordsController } from './records/records.controller.ts';
import { recordsService } from './records/records.service.ts';
import { routes } from './routes/index.ts';
import { runsController } from './runs/runs.controller.ts';
import { startRuns, stopRuns } from './runs/runs-cron.ts';
import { runsService } from './runs/runs.service.ts';
import { refuseWrongConfig } from './settings/refuse-wrong-config.ts';
import { settingsController } from './settings/settings.controller.ts';
import { settingsService } from './settings/settings.service.ts';
import { siteStore } from './store/site-store.ts';

function register({ strapi }: { readonly strapi: Core.Strapi }): void {
  serviceOf(strapi, 'claims').mount();
  allowAwardWebhooks(strapi);
  watchPublishing(strapi);
}

async function bootstrap({ strapi }: { readonly strapi: Core.Strapi }): Promise<void> {
  await registerPermissions(strapi);
  await refuseWrongConfig(strapi);
  await siteStore(strapi);
  await serviceOf(strapi, 'connection').reopen();
  await warnOfMappings(strapi);
  startWork(strapi);
  startRuns(strapi);
  startAutomation(strapi);
}

async function destroy({ strapi }: { readonly strapi: Core.Strapi }): Promise<void> {
  stopAutomation(strapi);
  await stopRuns(strapi);
  stopWork(strapi);
  serviceOf(strapi, 'claims').close();
  await serviceOf(strapi, 'connection').close();
}

/** What Strapi takes from a plugin. Said loosely: nobody but Strapi reads it, and our own types stay out of what is published. */
type ServerPlugin = Readonly<
  Record<
    'register' | 'bootstrap' | 'destroy' | 'config' | 'controllers' | 'policies' | 'services' | 'routes',
    unknown
  >
>;

const plugin: ServerPlugin = {
  register,
  bootstrap,
  destroy,
  config: { default: environmentConfig, validator: readPluginConfig },
  controllers: {
    automation: automationController,
    connection: connectionController,
    mappings: mappingsController,
    'entry-awards': entryAwardsController,
    issuing: issuingController,
    settings: settingsController,
    imports: importsController,
    records: recordsController,
    runs: runsController,
    issuance: issuanceController,
    issuances: issuancesController,
    me: meController,
  },
  policies: { 'has-any-permission': hasAnyPermission, 'signed-in-staff': isSignedInStaff },
  services: {
    automation: automationService,
    claims: claimsService,
    connection: connectionService,
    'entry-awards': entryAwardsService,
    mappings: mappingsService,
    records: recordsService,
    runs: runsService,
    settings: settingsService,
  },
  routes,
};

// Strapi takes the default export.
export default plugin;
