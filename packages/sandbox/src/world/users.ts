import { personas } from './personas.ts';
import type { Random } from './random.ts';

/** A SEEK Pass account of the sandbox: made on the first log-in with an e-mail address. */
export interface User {
  readonly userId: string;
  /** Lower case. */
  readonly email: string;
  /** The persona's name, else what stands before the `@`. */
  readonly fullName: string;
  readonly dateOfBirth: string;
  /** When the learner signed in to the SEEK Pass app (sandbox clock); undefined as long as that has not happened. */
  appSignedInAt: number | undefined;
}

/** The accounts of one sandbox. */
export class Users {
  readonly #byId = new Map<string, User>();
  readonly #byEmail = new Map<string, User>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  find(userId: string): User | undefined {
    return this.#byId.get(userId);
  }

  /** The account of an e-mail address; made when there is none. */
  ofEmail(address: string): User {
    const email = address.trim().toLowerCase();
    const known = this.#byEmail.get(email);
    if (known !== undefined) return known;
    const persona = personas.find((candidate) => candidate.email === email);
    const user: User = {
      userId: this.#random.uuid(),
      email,
      fullName: persona?.fullName ?? email.split('@')[0] ?? email,
      dateOfBirth: persona?.dateOfBirth ?? '2000-01-01',
      appSignedInAt: undefined,
    };
    this.restore(user);
    return user;
  }

  list(): readonly User[] {
    return [...this.#byId.values()];
  }

  restore(user: User): void {
    this.#byId.set(user.userId, user);
    this.#byEmail.set(user.email, user);
  }

  clear(): void {
    this.#byId.clear();
    this.#byEmail.clear();
  }
}
