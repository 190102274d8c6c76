import type { Core } from '@strapi/types';
import { pluginId } from '../../../contract/plugin-id.ts';
import { serviceOf } from '../plugin-services.ts';

const jobName = `${pluginId}.work`;

/** Every five seconds: a learner waits for a code, and staff for what they have issued. */
const rule = '*/5 * * * * *';

/** Has Strapi's cron do what is due. It is called in every instance; jobs are leased, so each is done by one of them. */
export function startWork(strapi: Core.Strapi): void {
  strapi.cron.add({ [jobName]: { task: () => serviceOf(strapi, 'connection').tick(), options: { rule } } });
}

export function stopWork(strapi: Core.Strapi): void {
  strapi.cron.remove(jobName);
}
