import type { MailPort } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import type { SettingValues } from '../../../contract/settings.ts';

/** Mails through the e-mail service of the site, whatever provider it has. */
export function strapiMail(strapi: Core.Strapi, _values: Partial<SettingValues>): MailPort {
  return {
    async send({ to, subject, text, html }) {
      await strapi.plugin('email').service('email').send({ to: to.address, subject, text, html });
      return { outcome: 'accepted' };
    },
  };
}
