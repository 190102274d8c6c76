import type { Core } from '@strapi/types';
import { pluginId } from '../../contract/plugin-id.ts';
import type { AutomationService } from './automation/automation.service.ts';
import type { ClaimsService } from './claims/claims-service.ts';
import type { EntryAwardsService } from './awards/entry-awards-service.ts';
import type { ConnectionService } from './connection/connection-service.ts';
import type { RecordsService } from './records/records.service.ts';
import type { RunsService } from './runs/runs-service.ts';
import type { SettingsService } from './settings/settings-service.ts';
import type { MappingsService } from './mapping/mappings-service.ts';

/** The services of this plugin, by name. */
export interface PluginServices {
  readonly automation: AutomationService;
  readonly claims: ClaimsService;
  readonly connection: ConnectionService;
  readonly 'entry-awards': EntryAwardsService;
  readonly records: RecordsService;
  readonly runs: RunsService;
  readonly settings: SettingsService;
  readonly mappings: MappingsService;
}

/** A service of this plugin, with its type, which `strapi.plugin().service()` does not have. */
export function serviceOf<Name extends keyof PluginServices>(
  strapi: Core.Strapi,
  name: Name,
): PluginServices[Name] {
  return strapi.plugin(pluginId).service<PluginServices[Name]>(name);
}
