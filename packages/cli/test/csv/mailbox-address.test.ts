import { expect, test } from 'vitest';
import { isMailboxAddress } from '../../src/csv/mailbox-address.ts';

test.each(['a@example.edu', "o'brien+sql@mail.example.org", 'zoë@bücher.example'])(
  '%s is one address',
  (text) => {
    expect(isMailboxAddress(text)).toBe(true);
  },
);

test.each([
  '',
  'a',
  'a@',
  '@example.edu',
  'a@example',
  'a b@example.edu',
  'a@example.edu,b@example.edu',
  'a@example.edu;b@example.edu',
  'Ng <a@example.edu>',
  '"a"@example.edu',
  'a(comment)@example.edu',
  'a@b@example.edu',
  'a..b@example.edu',
  'a@example..edu',
  'a@-example.edu',
  'a@[127.0.0.1]',
  'a@example.edu\r\nBcc: b@example.org',
])('%j is not', (text) => {
  expect(isMailboxAddress(text)).toBe(false);
});
