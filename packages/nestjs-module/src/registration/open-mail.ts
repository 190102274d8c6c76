import type { MailPort } from '@seek-pass-kit/flows';
import type { MailSetting } from '../seek-pass-module-options.ts';

/** What sends mails, and how to end what was opened for it. */
export interface OpenedMail {
  readonly mail: MailPort;
  readonly close: () => Promise<void>;
}

/** Opens the mail of a registration. What speaks SMTP is loaded here, and only when it is wanted. */
export async function openMail(setting: MailSetting): Promise<OpenedMail> {
  if (!('smtp' in setting)) return { mail: setting, close: async () => undefined };
  const { createSmtpMail } = await import('@seek-pass-kit/flows/smtp');
  const mail = createSmtpMail(setting.smtp);
  return { mail, close: async () => mail.close() };
}
