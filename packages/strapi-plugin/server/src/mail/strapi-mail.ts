import type { Clock } from '@seek-pass-kit/core';
import { type MailMessage, type MailPort, readMailerFailure } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import type { SettingValues } from '../../../contract/settings.ts';

/** Longer than any provider should take. A mail that is not answered by then may have gone out. */
const patienceMs = 150_000;

/**
 * Mails through the e-mail service of the site, whatever provider it has. The provider gets the recipient's bare address, and `Message-ID` and
 * the headers of the flow; some providers leave headers out. Only a certain failure is sent again (see `readMailerFailure`).
 */
export function strapiMail(
  strapi: Pick<Core.Strapi, 'plugin' | 'log'>,
  values: Partial<SettingValues>,
  clock: Pick<Clock, 'setTimer'>,
): MailPort {
  let told = '';
  const tell = (why: string): void => {
    if (why !== told && why !== '')
      strapi.log.warn(`SEEK Pass mails wait: the e-mail provider does not take them (${why}).`);
    told = why;
  };
  return {
    async send(message) {
      const service = emailService(strapi);
      if (service === undefined) {
        tell('the e-mail plugin of Strapi is not installed');
        return { outcome: 'deferred' };
      }
      try {
        await inPatience(clock, service.send(providerMail(message, values)));
        tell('');
        return { outcome: 'accepted' };
      } catch (error) {
        const { outcome, why } = readMailerFailure(error);
        if (outcome === undefined)
          throw new Error(`Nobody knows whether the mail went out (${why}).`, { cause: error });
        if (outcome.outcome === 'deferred') tell(why);
        return outcome;
      }
    },
  };
}

/** What the e-mail service of Strapi takes. */
interface EmailService {
  send(options: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** `undefined` in a site without Strapi's e-mail plugin. */
export function emailService(strapi: Pick<Core.Strapi, 'plugin'>): EmailService | undefined {
  const plugin = strapi.plugin('email') as Core.Plugin | undefined;
  return plugin?.service<EmailService>('email');
}

/** In the words of nodemailer, and for pictures also in those of mail services' clients: which provider there is, nobody tells. */
function providerMail(
  { messageId, to, subject, text, html, headers, attachments }: MailMessage,
  { 'sender.name': name, 'sender.address': address, 'sender.replyTo': replyTo }: Partial<SettingValues>,
): Readonly<Record<string, unknown>> {
  return {
    ...(address === undefined ? {} : { from: name === undefined ? address : `"${name}" <${address}>` }),
    ...(replyTo === undefined ? {} : { replyTo }),
    to: to.address,
    subject,
    text,
    html,
    messageId,
    headers: { ...headers, 'Message-ID': messageId },
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(inlinePicture) }),
  };
}

function inlinePicture({ contentId, type, bytes }: MailMessage['attachments'][number]): object {
  return {
    filename: `${contentId}.png`,
    content: Buffer.from(bytes).toString('base64'),
    encoding: 'base64',
    contentType: type,
    contentDisposition: 'inline',
    cid: contentId,
    type,
    disposition: 'inline',
    content_id: contentId,
  };
}

async function inPatience(clock: Pick<Clock, 'setTimer'>, sending: Promise<unknown>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const cancel = clock.setTimer(patienceMs, () =>
      reject(new Error('The e-mail provider does not answer.')),
    );
    void sending.then(() => resolve(), reject).finally(cancel);
  });
}
