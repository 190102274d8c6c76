import { systemClock } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { pluginId } from '../../../contract/plugin-id.ts';
import { strapiMail } from '../mail/strapi-mail.ts';
import { pluginConfigOf } from '../plugin-config.ts';
import { serviceOf } from '../plugin-services.ts';
import { savedRevision } from '../settings/saved-settings.ts';
import type { SiteSettings } from '../settings/site-settings.ts';
import { siteStore } from '../store/site-store.ts';
import type { Connection, ConnectionService } from './connection-service.ts';
import { createDueWork, type DueWork } from './due-work.ts';
import { flowLog } from './flow-log.ts';
import { checkConnection, type ConnectionGround, openConnection } from './open-connection.ts';
import { isProblemOfSettings, problemSentence } from './problem-sentence.ts';
import { workFailures } from './work-failures.ts';

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
  let openings = 0;
  const failures = workFailures(log);

  const ground = async ({ values }: SiteSettings): Promise<ConnectionGround> => ({
    strapi,
    store: await siteStore(strapi),
    mail: strapiMail(strapi, values, systemClock),
    log,
  });

  /** Puts another connection in the place of this one, which comes to its end in peace. */
  const replace = async (next: Connection | undefined): Promise<void> => {
    const [former, formerWork] = [connection, work];
    connection = next;
    work =
      next && createDueWork({ runDue: (budget) => next.addFlow.runDue(budget), log, clock: systemClock });
    await formerWork?.drain(graceMs);
    await former?.seekPass.close();
  };

  const open = async (): Promise<void> => {
    try {
      const settings = await serviceOf(strapi, 'settings').read();
      revision = settings.revision;
      ({ claimBaseUrl } = settings.values);
      const opened = await openConnection(await ground(settings), settings);
      problem = undefined;
      await replace(opened);
    } catch (error) {
      // What is not one of settings may mend itself: the next tick tries again.
      if (!isProblemOfSettings(error)) revision = -1;
      const sentence = problemSentence(error);
      if (sentence !== problem) strapi.log.warn(`SEEK Pass is not connected. ${sentence}`);
      problem = sentence;
      await replace(undefined);
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
      openings += 1;
      opening = opening.then(open).finally(() => {
        openings -= 1;
      });
      return opening;
    },
    async check(settings) {
      await checkConnection(await ground(settings), settings);
    },
    async tick() {
      try {
        // While the database is away an opening takes long: ticks that come meanwhile would pile up behind it.
        if (openings === 0 && (await savedRevision(strapi)) !== revision && openings === 0)
          await service.reopen();
        failures.none();
      } catch (error) {
        failures.failed(error);
      }
      if (pluginConfigOf(strapi).work !== false) await work?.run();
    },
    kick() {
      if (pluginConfigOf(strapi).work !== false) void work?.run();
    },
    async close() {
      await opening;
      await replace(undefined);
      problem = `The plugin ${pluginId} has ended.`;
    },
  };
  return service;
}
