import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { freshSandbox } from './partner.ts';

test('mail sent to the SMTP port is in the mailbox, decoded', async () => {
  const sandbox = await freshSandbox();
  const transport = createTransport({ host: '127.0.0.1', port: sandbox.smtpPort });
  await transport.sendMail({
    from: 'Registry <registry@university.example>',
    to: ['nguyen@learners.example', 'kim@learners.example'],
    subject: 'Chúc mừng Nguyễn Thị Minh Ánh: 你的证书',
    text: 'Nhận chứng chỉ: https://university.example/claim/1',
    html: '<p onclick="alert(1)">Nhận <b>chứng chỉ</b></p>',
    attachments: [{ filename: 'hướng dẫn.txt', content: 'xin chào' }],
  });
  const [mail] = sandbox.control.mails.list({ to: 'KIM@learners.example' });
  expect(mail).toMatchObject({
    source: 'smtp',
    from: 'registry@university.example',
    to: ['nguyen@learners.example', 'kim@learners.example'],
    subject: 'Chúc mừng Nguyễn Thị Minh Ánh: 你的证书',
  });
  expect(mail?.text).toContain('https://university.example/claim/1');
  expect(mail?.html).toContain('<b>chứng chỉ</b>');
  expect(mail?.attachments).toMatchObject([{ filename: 'hướng dẫn.txt', contentType: 'text/plain' }]);
  expect(sandbox.control.mails.list({ to: 'nobody@learners.example' })).toEqual([]);
  expect(sandbox.control.mails.read(mail?.mailId ?? '')).toEqual(mail);
});

test('fifty mails at once all arrive', async () => {
  const sandbox = await freshSandbox();
  const transport = createTransport({
    host: '127.0.0.1',
    port: sandbox.smtpPort,
    pool: true,
    maxConnections: 10,
  });
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  await Promise.all(
    numbers.map((number) =>
      transport.sendMail({
        from: 'a@b.example',
        to: `l${number}@b.example`,
        subject: String(number),
        text: 'x',
      }),
    ),
  );
  transport.close();
  const subjects = sandbox.control.mails.list().map((mail) => Number(mail.subject));
  expect(subjects.sort((a, b) => a - b)).toEqual(numbers);
});

test('a caller that hangs up in the middle of a mail leaves the port working and no mail', async () => {
  const sandbox = await freshSandbox();
  await new Promise<void>((resolve) => {
    const socket = connect(sandbox.smtpPort, '127.0.0.1');
    socket.once('data', () => {
      socket.write(
        'EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: half',
        () => {
          socket.destroy();
          resolve();
        },
      );
    });
  });
  const transport = createTransport({ host: '127.0.0.1', port: sandbox.smtpPort });
  await transport.sendMail({ from: 'a@b.example', to: 'c@d.example', subject: 'whole', text: 'x' });
  expect(sandbox.control.mails.list().map((mail) => mail.subject)).toEqual(['whole']);
});

test('a mail over 10 MiB is refused', async () => {
  const sandbox = await freshSandbox();
  const transport = createTransport({ host: '127.0.0.1', port: sandbox.smtpPort });
  const huge = transport.sendMail({
    from: 'a@b.example',
    to: 'c@d.example',
    text: 'x'.repeat(11 * 1024 * 1024),
  });
  await expect(huge).rejects.toThrow(expect.objectContaining({ responseCode: 552 }));
  expect(sandbox.control.mails.list()).toEqual([]);
});
