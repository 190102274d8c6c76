import { Readable } from 'node:stream';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import type { MailMessage, MailOutcome, MailPort } from '../mail/mail-port.ts';
import { readSmtpOptions, type SmtpOptions, type SmtpSettings } from './smtp-options.ts';
import { reasonOf, type SmtpVerdict, verdictOf } from './smtp-verdict.ts';

/** A mailer over SMTP. Close it when nothing is to be sent any more. */
export interface SmtpMail extends MailPort {
  /** Connects, logs in and sends nothing: for the start of a process, or a check of the settings. `why` as in `onDeferred`. */
  check(): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }>;
  close(): void;
}

/**
 * Sends mails over SMTP with nodemailer, over a pool of connections. It opens none before the first mail. `send` rejects
 * only when the connection was lost after some of the message was sent: then nobody knows.
 *
 * ```ts
 * const mail = createSmtpMail({ host: 'smtp.example.edu', user, password, from: { name: 'Example University', address: 'credentials@example.edu' } });
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration` for settings that do not fit, or would send a password unencrypted.
 */
export function createSmtpMail(options: SmtpOptions): SmtpMail {
  const settings = readSmtpOptions(options);
  const transport = transportOf(settings);
  return {
    async send(message) {
      let { verdict, why } = await attempt(transport, settings, message);
      // A server may end an idle connection just when it is used: not a byte of the message was sent.
      if (verdict === 'connection_lost') ({ verdict, why } = await attempt(transport, settings, message));
      if (verdict === 'unknown') {
        throw new Error('The connection to the mail server was lost while the message was sent.');
      }
      const outcome: MailOutcome = verdict === 'connection_lost' ? { outcome: 'deferred' } : verdict;
      if (outcome.outcome === 'deferred') settings.onDeferred?.(why);
      return outcome;
    },
    async check() {
      try {
        await transport.verify();
        return { ok: true };
      } catch (error) {
        return { ok: false, why: reasonOf(error) };
      }
    },
    close: () => transport.close(),
  };
}

async function attempt(
  transport: Transporter,
  settings: SmtpSettings,
  message: MailMessage,
): Promise<{ verdict: SmtpVerdict; why: string }> {
  let begun = false;
  const onBegin = () => {
    begun = true;
  };
  try {
    const mail: MarkedMail = { ...mailOf(settings, message), [onBeginOf]: onBegin };
    await transport.sendMail(mail);
    return { verdict: { outcome: 'accepted' }, why: '' };
  } catch (error) {
    return { verdict: verdictOf(error, begun), why: reasonOf(error) };
  }
}

const onBeginOf = 'seekPassKitOnBegin';

interface MarkedMail extends SendMailOptions {
  readonly [onBeginOf]?: () => void;
}

function transportOf(settings: SmtpSettings): Transporter {
  const { host, port, security, user, password, ca, maxConnections, silenceMs } = settings;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    pool: true,
    maxConnections,
    // What to send again is decided here, where it is known how far it came.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The message is read when the server has said that it takes it, and not before.
  transport.use('stream', ({ data, message }, done) => {
    const { [onBeginOf]: onBegin } = data as MarkedMail;
    const open = message.createReadStream.bind(message);
    message.createReadStream = () => Readable.from(tellingOfBegin(open, onBegin));
    done();
  });
  return transport;
}

async function* tellingOfBegin(open: () => AsyncIterable<Uint8Array>, onBegin: (() => void) | undefined) {
  onBegin?.();
  yield* open();
}

function mailOf({ from, replyTo }: SmtpSettings, message: MailMessage): SendMailOptions {
  const { messageId, to, subject, text, html, attachments, headers } = message;
  return {
    messageId,
    from: { name: from.name ?? '', address: from.address },
    to: { name: to.name, address: to.address },
    envelope: { from: from.address, to: [to.address] },
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    subject,
    text,
    html,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, { prepared: true, value }]),
    ),
    attachments: attachments.map(({ contentId, type, bytes }) => ({
      cid: contentId,
      contentType: type,
      contentDisposition: 'inline' as const,
      filename: `${contentId}.${type.split('/')[1] ?? 'bin'}`,
      content: Buffer.from(bytes),
    })),
  };
}
