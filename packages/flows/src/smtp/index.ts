export { createSmtpMail, type SmtpMail } from './smtp-mail.ts';
export type { SmtpOptions, SmtpSecurity } from './smtp-options.ts';
