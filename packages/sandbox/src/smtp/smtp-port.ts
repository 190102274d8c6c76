import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type PostalMime from 'postal-mime';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { loopbackAddress } from '../http/listener.ts';
import { SandboxError } from '../sandbox-error.ts';
import { keptSourceBytes } from '../world/mailbox.ts';
import type { Mailbox } from '../world/mailbox.ts';

/** Largest mail the port takes, in bytes. */
export const mailLimitBytes = 10 * 1024 * 1024;

/** The open SMTP port. */
export interface SmtpPort {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Opens an SMTP port on loopback that takes mail for any address, without log-in, into the mailbox. The port is real at once; the SMTP
 * software is loaded with the first connection, so that starting a sandbox stays quick. Throws `port_in_use`.
 */
export async function openSmtpPort(port: number, mailbox: Mailbox): Promise<SmtpPort> {
  let smtp: Promise<SMTPServer> | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    smtp ??= loadSmtp(mailbox);
    smtp.then(
      (loaded) => loaded.server.emit('connection', socket),
      () => socket.destroy(),
    );
  });
  const listening = await new Promise<number>((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `The SMTP port ${port} is taken: choose another port, or 0 for any free one.`;
      reject(new SandboxError('port_in_use', message, { cause }));
    });
    server.listen(port, loopbackAddress, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
  return {
    port: listening,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function loadSmtp(mailbox: Mailbox): Promise<SMTPServer> {
  const [{ SMTPServer }, { default: PostalMime }] = await Promise.all([
    import('smtp-server'),
    import('postal-mime'),
  ]);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    size: mailLimitBytes,
    onData(stream, session, done) {
      void receive(stream, session, PostalMime, mailbox).then(...settledBy(done));
    },
  });
  // A caller that hangs up in the middle is no reason to end the process.
  smtp.on('error', () => undefined);
  return smtp;
}

/** Bridges a promise to the callback that smtp-server wants. */
function settledBy(done: (error?: Error) => void): [() => void, (error: unknown) => void] {
  return [
    () => done(),
    (error) => done(error instanceof Error ? error : new Error('The mail cannot be taken.')),
  ];
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  parser: typeof PostalMime,
  mailbox: Mailbox,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    // Beyond the limit the rest is only counted, so that a flood takes no memory.
    if (!stream.sizeExceeded) chunks.push(Buffer.from(chunk));
  }
  if (stream.sizeExceeded)
    throw Object.assign(new Error('The mail is larger than 10 MB.'), { responseCode: 552 });
  const source = Buffer.concat(chunks);
  const mail = await parser.parse(source);
  const { mailFrom, rcptTo } = session.envelope;
  mailbox.deliver({
    source: 'smtp',
    from: mail.from?.address ?? (mailFrom === false ? '' : mailFrom.address),
    to: rcptTo.map((recipient) => recipient.address),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    ...(mail.html === undefined ? {} : { html: mail.html }),
    raw: source.subarray(0, keptSourceBytes).toString('utf8'),
    headers: mail.headers.map((header) => [header.key, header.value] as const),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      filename: filename ?? undefined,
      contentType: mimeType,
      size: typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength,
    })),
  });
}
