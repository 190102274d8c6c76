import { expect, test } from 'vitest';
import { LogIn, loginCodeLifeMs, sessionLifeMs } from '../src/world/log-in.ts';
import { Mailbox } from '../src/world/mailbox.ts';
import { personas } from '../src/world/personas.ts';
import { systemRandom } from '../src/world/random.ts';
import { SandboxClock } from '../src/world/sandbox-clock.ts';
import { Users } from '../src/world/users.ts';

function fresh() {
  const clock = new SandboxClock();
  clock.freeze();
  const random = systemRandom;
  const mailbox = new Mailbox({ clock, random });
  const logIn = new LogIn({ clock, random, mailbox, users: new Users(random) });
  const code = (to: string) => /^(\d{6}) /u.exec(mailbox.list({ to })[0]?.subject ?? '')?.[1] ?? '';
  return { clock, mailbox, logIn, code };
}

const email = 'learner@school.example';
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

test('the code in the mail logs in once', () => {
  const { logIn, code } = fresh();
  logIn.requestCode(' Learner@School.example ');
  const first = logIn.verifyCode(email, code(email));
  expect(first.ok && first.session.user.email).toBe(email);
  expect(logIn.verifyCode(email, code(email))).toEqual({ ok: false, reason: 'unknown' });
});

test('five wrong tries kill the code, even for the right one', () => {
  const { logIn, code } = fresh();
  logIn.requestCode(email);
  const right = code(email);
  const reasons = Array.from({ length: 5 }, () => {
    const outcome = logIn.verifyCode(email, wrong(right));
    return outcome.ok ? 'ok' : outcome.reason;
  });
  expect(reasons).toEqual(['wrong_code', 'wrong_code', 'wrong_code', 'wrong_code', 'no_tries_left']);
  expect(logIn.verifyCode(email, right)).toEqual({ ok: false, reason: 'no_tries_left' });
});

test('a code lives ten minutes', () => {
  const { clock, logIn, code } = fresh();
  logIn.requestCode(email);
  clock.advance(loginCodeLifeMs);
  expect(logIn.verifyCode(email, code(email))).toEqual({ ok: false, reason: 'expired' });
});

test('only the newest code of an address counts', () => {
  const { logIn, code } = fresh();
  logIn.requestCode(email);
  const older = code(email);
  let newer = older;
  while (newer === older) {
    logIn.requestCode(email);
    newer = code(email);
  }
  expect(logIn.verifyCode(email, older).ok).toBe(false);
  expect(logIn.verifyCode(email, newer).ok).toBe(true);
});

test('a session ends after twelve hours or by logging out', () => {
  const { clock, logIn } = fresh();
  const { sessionId } = logIn.asPersona('kim');
  expect(logIn.session(sessionId)?.user.fullName).toBe('김 서연');
  clock.advance(sessionLifeMs);
  expect(logIn.session(sessionId)).toBeUndefined();
  const other = logIn.asPersona('kim').sessionId;
  logIn.logOut(other);
  expect(logIn.session(other)).toBeUndefined();
});

test.each([
  '',
  'nobody',
  'a@b@c',
  'a b@c.example',
  'a@b.example,c@d.example',
  '"a"@b.example\r\nBcc: x@y.example',
])('no code goes to "%s"', (address) => {
  const { logIn, mailbox } = fresh();
  expect(() => logIn.requestCode(address)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  expect(mailbox.list()).toEqual([]);
});

test('there are at least ten personas with addresses of their own', () => {
  expect(personas.length).toBeGreaterThanOrEqual(10);
  expect(new Set(personas.map((persona) => persona.email)).size).toBe(personas.length);
});
