import type { SmtpMail } from '@seek-pass-kit/flows/smtp';
import { CommandError } from '../command-error.ts';
import { given } from '../config/given.ts';
import type { Settings } from '../config/settings.ts';
import { inTermsOfFiles } from './open-flow.ts';

/**
 * Makes the mailer of the config; it connects with the first mail.
 *
 * @throws {CommandError} `wrong_setting`, naming the setting.
 */
export async function openMail(settings: Settings): Promise<SmtpMail> {
  const { file, config, secrets } = settings;
  if (config.mail === undefined) {
    throw new CommandError('wrong_setting', `${file}: mail is missing: give mail.from and mail.smtp.`);
  }
  const { createSmtpMail } = await import('@seek-pass-kit/flows/smtp');
  const { from, replyTo, smtp } = config.mail;
  try {
    return createSmtpMail({ from, ...smtp, ...given({ replyTo, password: secrets.smtpPassword }) });
  } catch (error) {
    throw inTermsOfFiles(error, settings);
  }
}
