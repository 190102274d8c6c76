import type { Core } from '@strapi/types';
import { pluginId } from '../../../contract/plugin-id.ts';
import { pluginConfigOf } from '../plugin-config.ts';
import { serviceOf } from '../plugin-services.ts';

const jobName = `${pluginId}.runs`;

/** A run begins at once where it was confirmed; this takes up what a process left behind when it ended. */
const rule = '*/5 * * * * *';

/** Has Strapi's cron work on runs, in every instance that does work. */
export function startRuns(strapi: Core.Strapi): void {
  if (pluginConfigOf(strapi).work === false) return;
  strapi.cron.add({ [jobName]: { task: () => serviceOf(strapi, 'runs').work(), options: { rule } } });
}

export async function stopRuns(strapi: Core.Strapi): Promise<void> {
  strapi.cron.remove(jobName);
  await serviceOf(strapi, 'runs').close();
}
