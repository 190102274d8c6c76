import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from './random.ts';
import type { SandboxClock } from './sandbox-clock.ts';

/** How long an access token lives (assumption `token_lifetime`). */
export const defaultTokenLifeSeconds = 3600;

/** What a token says. */
export interface Token {
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  /** Seconds since the epoch, sandbox clock. */
  readonly expiresAt: number;
  /** Counts up with every token issued. */
  readonly serial: number;
}

const header = Buffer.from('{"alg":"HS512"}').toString('base64url');
/** A flood of invented tokens must not fill the memory. */
const cacheLimit = 10_000;

/** Issues and checks access tokens: JWT, HS512, with `iat` and `exp` (docs: "OAuth authentication"). */
export class Tokens {
  readonly #clock: SandboxClock;
  readonly #key: string;
  readonly #lifeSeconds: number;
  readonly #checked = new Map<string, Token>();
  readonly #revoked = new Set<number>();
  #serial = 0;
  #revokedUpTo = 0;

  constructor(parts: {
    readonly clock: SandboxClock;
    readonly random: Random;
    readonly lifeSeconds?: number | undefined;
  }) {
    this.#clock = parts.clock;
    this.#key = parts.random.hex(64);
    this.#lifeSeconds = parts.lifeSeconds ?? defaultTokenLifeSeconds;
  }

  get lifeSeconds(): number {
    return this.#lifeSeconds;
  }

  issue(clientId: string, scopes: readonly string[]): string {
    const issuedAt = Math.floor(this.#clock.now() / 1000);
    this.#serial += 1;
    const token: Token = {
      clientId,
      scopes: new Set(scopes),
      expiresAt: issuedAt + this.#lifeSeconds,
      serial: this.#serial,
    };
    const claims = {
      iat: issuedAt,
      exp: token.expiresAt,
      sub: clientId,
      scope: scopes.join(' '),
      jti: String(token.serial),
    };
    const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    const text = `${signed}.${this.#sign(signed).toString('base64url')}`;
    this.#remember(text, token);
    return text;
  }

  /** The token behind the text, or why it does not count. */
  check(text: string): Token | 'invalid' | 'expired' | 'revoked' {
    const token = this.#checked.get(text) ?? this.#read(text);
    if (token === undefined) return 'invalid';
    if (token.serial <= this.#revokedUpTo || this.#revoked.has(token.serial)) return 'revoked';
    return token.expiresAt * 1000 <= this.#clock.now() ? 'expired' : token;
  }

  /** One token stops working. */
  revoke(text: string): void {
    const token = this.#checked.get(text) ?? this.#read(text);
    if (token !== undefined) this.#revoked.add(token.serial);
  }

  /** All tokens issued so far stop working. */
  revokeAll(): void {
    this.#revokedUpTo = this.#serial;
    this.#revoked.clear();
  }

  #read(text: string): Token | undefined {
    const [head, claims, signature, ...more] = text.split('.');
    if (head !== header || claims === undefined || signature === undefined || more.length > 0)
      return undefined;
    const expected = this.#sign(`${head}.${claims}`);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    // Signed with our own key, hence made by issue().
    const parsed: { exp: number; sub: string; scope: string; jti: string } = JSON.parse(
      Buffer.from(claims, 'base64url').toString('utf8'),
    );
    const token: Token = {
      clientId: parsed.sub,
      scopes: new Set(parsed.scope.split(' ')),
      expiresAt: parsed.exp,
      serial: Number(parsed.jti),
    };
    this.#remember(text, token);
    return token;
  }

  #remember(text: string, token: Token): void {
    if (this.#checked.size >= cacheLimit) this.#checked.clear();
    this.#checked.set(text, token);
  }

  #sign(text: string): Buffer {
    return createHmac('sha512', this.#key).update(text).digest();
  }
}
