/** A cookie to be set; one without a value is removed. */
export interface NewCookie {
  readonly name: string;
  readonly value?: string;
  readonly maxAgeSeconds: number;
}

/**
 * Cookies as security rule 5 wants them: `__Host-`, so that no other host and no plain connection can plant one, HttpOnly and
 * SameSite=Lax. Not every browser takes secure cookies over http, even on one's own machine: there, for a sandbox, the prefix and `Secure`
 * are left out.
 */
export class CookieJar {
  readonly #secure: boolean;

  constructor(origin: string) {
    this.#secure = origin.startsWith('https:');
  }

  /** The value of a cookie of ours in a request. With two of one name (planted from elsewhere) none counts. */
  read(request: Request, name: string): string | undefined {
    const wanted = `${this.#nameOf(name)}=`;
    const found = (request.headers.get('cookie') ?? '')
      .split(';')
      .map((cookie) => cookie.trim())
      .filter((cookie) => cookie.startsWith(wanted));
    return found.length === 1 ? found[0]?.slice(wanted.length) : undefined;
  }

  /** Names of the cookies of a request that start so. */
  namesLike(request: Request, start: string): string[] {
    const wanted = this.#nameOf(start);
    return (request.headers.get('cookie') ?? '')
      .split(';')
      .map((cookie) => cookie.trim().split('=')[0] ?? '')
      .filter((name) => name.startsWith(wanted))
      .map((name) => start + name.slice(wanted.length));
  }

  /** The text of a `Set-Cookie` header. */
  write({ name, value, maxAgeSeconds }: NewCookie): string {
    const age = value === undefined ? 0 : maxAgeSeconds;
    const secure = this.#secure ? '; Secure' : '';
    return `${this.#nameOf(name)}=${value ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
  }

  #nameOf(name: string): string {
    return this.#secure ? `__Host-${name}` : name;
  }
}
