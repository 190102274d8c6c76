import type { Core } from '@strapi/types';
import { pluginId } from '../../../contract/plugin-id.ts';
import { flowLog } from '../connection/flow-log.ts';
import { workFailures } from '../connection/work-failures.ts';
import { pluginConfigOf } from '../plugin-config.ts';
import { serviceOf } from '../plugin-services.ts';

const jobName = `${pluginId}.automation`;
const rule = '*/5 * * * * *';

/** Has Strapi's cron look at what was published. Several instances share the entries. */
export function startAutomation(strapi: Core.Strapi): void {
  if (pluginConfigOf(strapi).work === false) return;
  const failures = workFailures(flowLog(strapi));
  const task = () =>
    serviceOf(strapi, 'automation')
      .run()
      .then(
        () => failures.none(),
        (error: unknown) => failures.failed(error),
      );
  strapi.cron.add({ [jobName]: { task, options: { rule } } });
}

export function stopAutomation(strapi: Core.Strapi): void {
  strapi.cron.remove(jobName);
}
