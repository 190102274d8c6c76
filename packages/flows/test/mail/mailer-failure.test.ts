import { expect, test } from 'vitest';
import { readMailerFailure } from '../../src/mail/mailer-failure.ts';

const failure = (members: object) => Object.assign(new Error('quotes learner@example.edu'), members);

test.each([
  ['a server that refuses the recipient', { responseCode: 550, command: 'RCPT TO' }, 'refused'],
  ['a server that is busy', { responseCode: 451, command: 'DATA' }, 'deferred'],
  ['a log-in that is refused', { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, 'deferred'],
  ['a name that there is not', { code: 'EDNS', command: 'CONN' }, 'deferred'],
  ['a port that nobody listens on', { code: 'ESOCKET', syscall: 'connect' }, 'deferred'],
  ['a service that refuses the mail', { code: 400, response: { body: {} } }, 'refused'],
  ['a service that refuses our key', { statusCode: 401 }, 'deferred'],
  ['a service that wants us to slow down', { $metadata: { httpStatusCode: 429 } }, 'deferred'],
] as const)('%s is certain', (_what, members, outcome) => {
  expect(readMailerFailure(failure(members)).outcome?.outcome).toBe(outcome);
});

test.each([
  ['a connection that broke', { code: 'ECONNRESET' }],
  ['a connection that broke in the middle of a mail', { code: 'ECONNECTION', command: 'CONN' }],
  ['a route that was lost', { code: 'EHOSTUNREACH', syscall: 'write' }],
  ['a silence', { code: 'ETIMEDOUT', command: 'DATA' }],
  ['a service that failed', { status: 502 }],
  ['a request that the service gave up', { response: { status: 408 } }],
  ['an error without a word', {}],
])('after %s nobody knows', (_what, members) => {
  expect(readMailerFailure(failure(members))).not.toHaveProperty('outcome');
});

test('why is told without anything that a server wrote', () => {
  const told = readMailerFailure(
    failure({ code: 'EAUTH', responseCode: 535, response: '535 5.7.8 learner@example.edu' }),
  );
  expect(told.why).toBe('EAUTH 535 5.7.8');
  expect(readMailerFailure('learner@example.edu').why).toBe('FAILED');
});
