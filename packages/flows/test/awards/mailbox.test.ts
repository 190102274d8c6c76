import { describe, expect, it } from 'vitest';
import { isMailbox } from '../../src/awards/mailbox.ts';
import { recipientSchema } from '../../src/awards/recipient.ts';

describe('security rule 20: one mailbox', () => {
  it.each(['lan@example.edu', "o'brien+x@mail.example.co.id", 'a.b-c_d@xn--exmple-cua.org'])(
    'takes %s',
    (text) => {
      expect(isMailbox(text)).toBe(true);
    },
  );

  it.each([
    'lan@example.edu, eve@example.org',
    'lan@example.edu\r\nBcc: eve@example.org',
    '"lan"@example.edu',
    'Lan <lan@example.edu>',
    '(comment)lan@example.edu',
    'lan@@example.edu',
    'lan@localhost',
    'lan@[127.0.0.1]',
    '.lan@example.edu',
    'lan@example.edu ',
    `${'a'.repeat(65)}@example.edu`,
    'lán@example.edu',
    '',
  ])('refuses %j', (text) => {
    expect(isMailbox(text)).toBe(false);
  });
});

describe('a recipient', () => {
  const lan = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.edu' };
  it.each(['มานี ใจดี', 'Sukarno', 'عمر الخطّاب', '王小明', "Siobhán O'Neill", 'क्‍ष'])(
    'may be called %s',
    (fullName) => {
      expect(recipientSchema.safeParse({ ...lan, fullName }).success).toBe(true);
    },
  );
  it.each([
    'Lan\u202Etxt',
    'Lan\nBcc: x',
    'see https://example.org',
    'Lan evil.example/win',
    'Lan www.evil.example',
    ' Lan',
    '',
    '<b>Lan</b>',
  ])('may not be called %j', (fullName) => {
    expect(recipientSchema.safeParse({ ...lan, fullName }).success).toBe(false);
  });
  it('has a subject id that is no e-mail address', () => {
    expect(recipientSchema.safeParse({ ...lan, subject: 'lan@example.edu' }).success).toBe(false);
    expect(recipientSchema.safeParse({ ...lan, subject: 'sis:104233' }).success).toBe(true);
  });
});
