import { systemClock } from '@seek-pass-kit/core';
import { errorName } from '@seek-pass-kit/flows/node';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { pluginId } from '../../../contract/plugin-id.ts';
import { strapiMail } from '../mail/strapi-mail.ts';
import { pluginConfigOf } from '../plugin-config.ts';
import { serviceOf } from '../plugin-services.ts';
import { savedRevision } from '../settings/saved-settings.ts';
import { siteStore } from '../store/site-store.ts';
import type { Connection, ConnectionService } from './connection-service.ts';
import { createDueWork, type DueWork } from './due-work.ts';
import { flowLog } from './flow-log.ts';
import { checkConnection, openConnection } from './open-connection.ts';
import { isProblemOfSettings, problemSentence } from './problem-sentence.ts';

/** For jobs that are on when Strapi ends or the settings change. What does not end in time is taken up again later. */
const graceMs = 10_000;

/** Makes the service that holds what is open. */
export function connectionService({ strapi }: { readonly strapi: Core.Strapi }): ConnectionService {
  const log = flowLog(strapi);
  let connection: Connection | undefined;
  let work: DueWork | undefined;
  let problem: string | undefined = 'The plugin has not started yet.';
  let claimBaseUrl: string | undefined;
  let revision = -1;
  let opening: Promise<void> = Promise.resolve();

  const shut = async (): Promise<void> => {
    const [ended, endedWork] = [connection, work];
    connection = undefined;
    work = undefined;
    await endedWork?.drain(graceMs);
    await ended?.seekPass.close();
  };

  const open = async (): Promise<void> => {
    try {
      const settings = await serviceOf(strapi, 'settings').read();
      revision = settings.revision;
      ({ claimBaseUrl } = settings.values);
      const mail = strapiMail(strapi, settings.values);
      const store = await siteStore(strapi);
      const opened = await openConnection({ strapi, store, mail, log }, settings);
      await shut();
      connection = opened;
      problem = undefined;
      work = createDueWork({ runDue: (budget) => opened.addFlow.runDue(budget), log, clock: systemClock });
    } catch (error) {
      await shut();
      // What is not one of settings may mend itself: the next tick tries again.
      if (!isProblemOfSettings(error)) revision = -1;
      const sentence = problemSentence(error);
      if (sentence !== problem) strapi.log.warn(`SEEK Pass is not connected. ${sentence}`);
      problem = sentence;
    }
  };

  const service: ConnectionService = {
    current: () => connection,
    problem: () => problem,
    claimBaseUrl: () => claimBaseUrl,
    required() {
      if (connection === undefined) throw new errors.ApplicationError(problem ?? '');
      return connection;
    },
    reopen() {
      // One after the other: two at once could both be the last.
      opening = opening.then(open);
      return opening;
    },
    async check(settings) {
      const mail = strapiMail(strapi, settings.values);
      await checkConnection({ strapi, store: await siteStore(strapi), mail, log }, settings);
    },
    async tick() {
      try {
        if ((await savedRevision(strapi)) !== revision) await service.reopen();
      } catch (error) {
        log({ event: 'work_failed', error: errorName(error) });
      }
      if (pluginConfigOf(strapi).work !== false) await work?.run();
    },
    kick() {
      if (pluginConfigOf(strapi).work !== false) void work?.run();
    },
    async close() {
      await opening;
      await shut();
      problem = `The plugin ${pluginId} has ended.`;
    },
  };
  return service;
}
