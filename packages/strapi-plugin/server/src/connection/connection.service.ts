import type { MailPort } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import { pluginId } from '../../../contract/plugin-id.ts';
import type { PluginConfig } from '../plugin-config.ts';
import type { Connection, ConnectionService } from './connection-service.ts';
import { openConnection } from './open-connection.ts';

/** Makes the service that holds what is open. */
export function connectionService({ strapi }: { readonly strapi: Core.Strapi }): ConnectionService {
  let connection: Connection | undefined;
  let problem: string | undefined = 'The plugin has not started yet.';
  const mail: MailPort = {
    async send({ to, subject, text, html }) {
      await strapi.plugin('email').service('email').send({ to: to.address, subject, text, html });
      return { outcome: 'accepted' };
    },
  };
  return {
    current: () => connection,
    problem: () => problem,
    required() {
      if (connection === undefined) throw new errors.ApplicationError(problem ?? '');
      return connection;
    },
    async reopen() {
      await this.close();
      try {
        connection = await openConnection(
          strapi,
          strapi.config.get<PluginConfig>(`plugin::${pluginId}`),
          mail,
        );
        problem = undefined;
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
        strapi.log.warn(`SEEK Pass is not connected. ${problem}`);
      }
    },
    async close() {
      await connection?.seekPass.close();
      await connection?.store.close();
      connection = undefined;
    },
  };
}
