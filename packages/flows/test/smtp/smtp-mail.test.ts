import { startSandbox } from '@seek-pass-kit/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MailMessage } from '../../src/mail/mail-port.ts';
import { createSmtpMail, type SmtpOptions } from '../../src/smtp/index.ts';
import { type Script, startScriptedServer } from './scripted-server.ts';

const from = { name: 'Example University', address: 'credentials@example.edu' };

const message: MailMessage = {
  messageId: '<0123456789abcdef@credentials.example.edu>',
  to: { name: 'Nguyễn Thị Lan', address: 'lan@example.edu' },
  subject: 'Chứng nhận của bạn',
  text: 'https://credentials.example.edu/claim/a/b\n',
  html: '<p>Xin chào</p>',
  attachments: [{ contentId: 'qr', type: 'image/png', bytes: Uint8Array.of(137, 80, 78, 71) }],
  headers: { 'List-Unsubscribe': '<https://credentials.example.edu/claim/opt-out/r/t>' },
};

function open(options: Omit<SmtpOptions, 'from' | 'host'> & { readonly host?: string }) {
  const mail = createSmtpMail({ host: '127.0.0.1', from, ...options });
  onTestFinished(() => mail.close());
  return mail;
}

async function sendBy(...scripts: Script[]) {
  const server = await startScriptedServer(...scripts);
  const outcome = await open({ port: server.port, silenceMs: 300 })
    .send(message)
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  return { server, outcome };
}

describe('a mail over SMTP', () => {
  it('arrives as it was written', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    expect(await open({ port: sandbox.smtpPort }).send(message)).toEqual({ outcome: 'accepted' });
    const [mail] = sandbox.control.mails.list();
    expect(mail).toMatchObject({
      from: expect.stringContaining('credentials@example.edu'),
      to: ['lan@example.edu'],
      subject: message.subject,
      text: expect.stringContaining(message.text.trim()),
      attachments: [{ contentType: 'image/png', size: 4 }],
    });
    const header = (name: string) => mail?.headers.find(([given]) => given === name)?.[1];
    expect(header('message-id')).toBe(message.messageId);
    expect(header('list-unsubscribe')).toBe(message.headers['List-Unsubscribe']);
  });

  it('uses its connections again', async () => {
    const server = await startScriptedServer({});
    const mail = open({ port: server.port, maxConnections: 1 });
    for (let at = 0; at < 3; at += 1) await mail.send(message);
    expect(server.messages).toHaveLength(3);
    expect(server.commands.filter((line) => line.startsWith('EHLO'))).toHaveLength(1);
  });

  it('takes a fresh connection when the server hung up on an idle one', async () => {
    const server = await startScriptedServer({});
    const mail = open({ port: server.port, maxConnections: 1 });
    await mail.send(message);
    server.hangUp();
    expect(await mail.send(message)).toEqual({ outcome: 'accepted' });
    expect(server.messages).toHaveLength(2);
  });
});

describe('what the mail server (a double) says', () => {
  it.each<[string, Script]>([
    ['a greeting that asks to come later', { greeting: '421 4.3.2 too busy' }],
    ['a refused greeting', { greeting: '554 5.7.1 not from your network' }],
    ['a sender put off', { mailFrom: '451 4.7.1 grey-listed' }],
    ['a sender refused: a setting, not the fault of the recipient', { mailFrom: '550 5.7.1 not yours' }],
    ['a recipient put off', { rcptTo: '450 4.2.1 mailbox busy' }],
    ['a full mailbox', { rcptTo: '452 4.2.2 mailbox full' }],
    ['a message put off', { message: '451 4.3.0 try again' }],
    ['a connection lost at the greeting', { greeting: 'drop' }],
    ['a connection lost before the recipient', { rcptTo: 'drop' }],
    ['a connection lost before the message', { data: 'drop' }],
  ])('defers at %s', async (_, script) => {
    const { server, outcome } = await sendBy(script);
    expect(outcome).toEqual({ outcome: 'deferred' });
    expect(server.messages.length).toBe(script.message === undefined ? 0 : 1);
  });

  it.each<[string, Script, string]>([
    ['a recipient unknown', { rcptTo: '550 5.1.1 <lan@example.edu> no such user' }, '5.1.1'],
    ['a recipient refused without an enhanced status', { rcptTo: '553 no' }, '553'],
    ['a message refused', { message: '554 5.7.1 looks like spam' }, '5.7.1'],
    ['a message not wanted', { data: '554 5.5.1 no valid recipients' }, '5.5.1'],
  ])('refuses at %s', async (_, script, code) => {
    const { outcome } = await sendBy(script);
    expect(outcome).toEqual({ outcome: 'refused', code });
  });

  it.each<[string, Script]>([
    ['within the message', { inMessage: 'drop' }],
    ['after the message, before the answer', { message: 'drop' }],
    ['by a silence after the message', { message: 'silence' }],
  ])('nobody knows when the connection is lost %s, and it is not sent again', async (_, script) => {
    const { server, outcome } = await sendBy(script);
    expect(outcome).toBeInstanceOf(Error);
    expect(JSON.stringify(outcome, ['message', 'cause', 'stack'])).not.toMatch(/lan@|example|Chứng/);
    expect(server.commands.filter((line) => line === 'DATA')).toHaveLength(1);
  });

  it('a server that lost one connection before the message gets the mail over the next one', async () => {
    const { server, outcome } = await sendBy({ rcptTo: 'drop' }, {});
    expect(outcome).toEqual({ outcome: 'accepted' });
    expect(server.messages).toHaveLength(1);
  });

  it('says nothing to a server that cannot encrypt when it has to', async () => {
    const server = await startScriptedServer({});
    const mail = open({ port: server.port, security: 'starttls', user: 'kit', password: 'not-a-secret-1' });
    expect(await mail.send(message)).toEqual({ outcome: 'deferred' });
    expect(server.commands.join('\n')).not.toMatch(/AUTH|MAIL FROM|lan@/);
  });
});

describe('a setting that is wrong', () => {
  it('lets mails wait and says why, without what the server wrote', async () => {
    const reasons: string[] = [];
    const onDeferred = (why: string) => void reasons.push(why);
    const server = await startScriptedServer({
      mailFrom: '550 5.7.1 <credentials@example.edu> is not yours',
    });
    const mail = open({ port: server.port, onDeferred });
    expect(await mail.send(message)).toEqual({ outcome: 'deferred' });
    expect(reasons).toEqual(['EENVELOPE 550 5.7.1']);
  });

  it('is found by a check, which sends nothing', async () => {
    const good = await startScriptedServer({});
    expect(await open({ port: good.port }).check()).toEqual({ ok: true });
    expect(good.commands.join()).not.toContain('MAIL FROM');
    const closed = await startScriptedServer({ greeting: '554 5.7.1 not from your network' });
    expect(await open({ port: closed.port }).check()).toEqual({ ok: false, why: 'EPROTOCOL 554 5.7.1' });
  });
});

describe('the settings', () => {
  const password = 'pass-phrase-of-the-relay';
  it.each<[string, Partial<SmtpOptions>]>([
    ['a password in the open', { security: 'none', user: 'kit', password }],
    ['a user without a password', { user: 'kit' }],
    ['a host with a path', { host: 'smtp.example.edu/inbox' }],
    ['a sender that is no mailbox', { from: { address: 'Kit <kit@example.edu>' } }],
    ['an address for answers that is no mailbox', { replyTo: 'a@example.edu, b@example.edu' }],
    ['a port that is none', { port: 70_000 }],
    ['no connection', { maxConnections: 0 }],
  ])('stop at %s without telling a value', (_, change) => {
    const make = () => createSmtpMail({ host: 'smtp.example.edu', from, ...change });
    expect(make).toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
    expect(make).not.toThrow(/pass-phrase|kit@|b@example/);
  });

  it.each<Partial<SmtpOptions>>([{ host: 'localhost' }, { security: 'tls' }, {}])(
    'take a password for this machine, and where it is encrypted: %j',
    (change) => {
      const make = () =>
        createSmtpMail({ host: 'smtp.example.edu', from, user: 'kit', password, ...change }).close();
      expect(make).not.toThrow();
    },
  );
});
