import type { Mailbox } from './mailbox.ts';
import { personas } from './personas.ts';
import type { Random } from './random.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import type { User, Users } from './users.ts';
import { SandboxError } from '../sandbox-error.ts';

/** A code lives this long (sandbox assumption `login_code`). */
export const loginCodeLifeMs = 10 * 60_000;
/** Wrong tries before a code dies (sandbox assumption `login_code`). */
export const loginCodeTries = 5;
/** A session lives this long (sandbox assumption `login_code`). */
export const sessionLifeMs = 12 * 3_600_000;

/** Addresses the wallet's mails come from. */
const sender = 'SEEK Pass sandbox <sign-in@sandbox.example>';

/** What is known of one address waiting for its code. */
interface Challenge {
  readonly email: string;
  readonly code: string;
  readonly expiresAt: number;
  triesLeft: number;
}

/** Someone who is logged in to the sandbox's wallet pages. */
export interface Session {
  /** Secret; the value of the session cookie. */
  readonly sessionId: string;
  readonly user: User;
  readonly expiresAt: number;
}

/** The end of one try with a code. */
export type CodeOutcome =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly reason: 'wrong_code'; readonly triesLeft: number }
  | { readonly ok: false; readonly reason: 'expired' | 'no_tries_left' | 'unknown' };

/** One e-mail address, loosely: a person typed it. */
const mailAddress = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,255}$/u;

/** Logging in to the wallet: a 6-digit code by e-mail into the sandbox's mailbox, or a persona in one click. */
export class LogIn {
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #mailbox: Mailbox;
  readonly #users: Users;
  readonly #challenges = new Map<string, Challenge>();
  readonly #sessions = new Map<string, Session>();

  constructor(parts: {
    readonly clock: SandboxClock;
    readonly random: Random;
    readonly mailbox: Mailbox;
    readonly users: Users;
  }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#mailbox = parts.mailbox;
    this.#users = parts.users;
  }

  /**
   * Mails a new 6-digit code; an older code of the same address dies. Throws `invalid_request` when `email` is not an
   * e-mail address.
   */
  requestCode(email: string): { readonly email: string; readonly expiresAt: number } {
    const address = email.trim().toLowerCase();
    if (!mailAddress.test(address)) {
      throw new SandboxError(
        'invalid_request',
        'That is not an e-mail address: write it like name@school.example.',
      );
    }
    const code = this.#random.digits(6);
    const expiresAt = this.#clock.now() + loginCodeLifeMs;
    this.#challenges.delete(address);
    this.#challenges.set(address, { email: address, code, expiresAt, triesLeft: loginCodeTries });
    dropOldest(this.#challenges, 10_000);
    this.#mailbox.deliver({
      source: 'sandbox',
      from: sender,
      to: [address],
      subject: `${code} is your SEEK Pass sandbox code`,
      text: `Your code is ${code}.\n\nIt works for 10 minutes and only once. If you did not ask for it, do nothing.\n`,
    });
    return { email: address, expiresAt };
  }

  /** Tries a code. A right code works once; after {@link loginCodeTries} wrong ones it is dead. */
  verifyCode(email: string, code: string): CodeOutcome {
    const address = email.trim().toLowerCase();
    const challenge = this.#challenges.get(address);
    if (challenge === undefined) return { ok: false, reason: 'unknown' };
    if (challenge.expiresAt <= this.#clock.now()) return { ok: false, reason: 'expired' };
    if (challenge.triesLeft === 0) return { ok: false, reason: 'no_tries_left' };
    if (challenge.code !== code.replaceAll(/\s/gu, '')) {
      challenge.triesLeft -= 1;
      if (challenge.triesLeft === 0) return { ok: false, reason: 'no_tries_left' };
      return { ok: false, reason: 'wrong_code', triesLeft: challenge.triesLeft };
    }
    this.#challenges.delete(address);
    return { ok: true, session: this.#open(this.#users.ofEmail(address)) };
  }

  /** Logs a persona in at once. Throws `not_found` for an unknown persona. */
  asPersona(personaId: string): Session {
    const persona = personas.find((candidate) => candidate.personaId === personaId);
    if (persona === undefined) {
      throw new SandboxError('not_found', 'There is no such persona: choose one of the list.');
    }
    return this.#open(this.#users.ofEmail(persona.email));
  }

  /** The session of a cookie; undefined when there is none or it has ended. */
  session(sessionId: string | undefined): Session | undefined {
    if (sessionId === undefined) return undefined;
    const session = this.#sessions.get(sessionId);
    if (session === undefined || session.expiresAt > this.#clock.now()) return session;
    this.#sessions.delete(sessionId);
    return undefined;
  }

  logOut(sessionId: string): void {
    this.#sessions.delete(sessionId);
  }

  clear(): void {
    this.#challenges.clear();
    this.#sessions.clear();
  }

  #open(user: User): Session {
    const session: Session = {
      sessionId: this.#random.hex(32),
      user,
      expiresAt: this.#clock.now() + sessionLifeMs,
    };
    this.#sessions.set(session.sessionId, session);
    dropOldest(this.#sessions, 10_000);
    return session;
  }
}

function dropOldest<T>(map: Map<string, T>, limit: number): void {
  if (map.size <= limit) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
