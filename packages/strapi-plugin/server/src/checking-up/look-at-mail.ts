import type { Core } from '@strapi/types';
import type { Finding } from '../../../contract/settings.ts';
import { emailService } from '../mail/strapi-mail.ts';
import type { SiteSettings } from '../settings/site-settings.ts';

const area = 'mail';

/** What can be said of the mail of the site without sending one. */
export function lookAtMail(strapi: Core.Strapi, { values }: SiteSettings): Finding[] {
  if (emailService(strapi) === undefined) {
    return [
      {
        area,
        result: 'problem',
        found: 'The e-mail plugin of Strapi is not installed: nobody gets a claim link.',
        remedy: 'Install it with a provider, and start Strapi again.',
      },
    ];
  }
  const provider = strapi.config.get<string>('plugin::email.provider', '').toLowerCase();
  const from =
    values['sender.address'] ?? strapi.config.get<string>('plugin::email.settings.defaultFrom', '');
  return [
    provider === 'sendmail'
      ? {
          area,
          result: 'warning',
          found:
            'Mails go straight to the servers of the learners (provider sendmail), which many of them refuse.',
          remedy:
            'Configure another e-mail provider in config/plugins, such as nodemailer with your mail server.',
        }
      : { area, result: 'ok', found: `Mails go through the e-mail provider of this site.` },
    /no-reply@strapi\.io|@(?:[^@\s>]*\.)?example(?:\.(?:com|net|org|edu))?>?$/.test(from) || from === ''
      ? {
          area,
          result: values.environment === 'sandbox' ? 'warning' : 'problem',
          found: 'Mails come from an address that is not yours.',
          remedy: 'Give the sender on this page, or defaultFrom to the e-mail provider.',
        }
      : { area, result: 'ok', found: 'Mails come from an address of yours.' },
    {
      area,
      result: 'not_checked',
      found: 'Whether a mail arrives shows in a mailbox only.',
      remedy: 'Open Settings, Email plugin, Configuration, and send a test mail to yourself.',
    },
  ];
}
