import { setTimeout as sleep } from 'node:timers/promises';

/** A SEEK Pass to put questions to: the sandbox, or staging. */
export interface Target {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An answer of the partner API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The members of a JSON object; empty when the body is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The client was not granted a scope that a check needs: the check is left out. */
export class ScopeNotGranted extends Error {
  constructor(scopes: readonly string[]) {
    super(`no ${scopes.join(' ')}`);
    this.name = 'ScopeNotGranted';
  }
}

const callTimeoutMs = 30_000;
const tokenPath = '/api/partner/v1/oauth/token.json';

/** Attempts while the target answers 429: a suite of short calls must not fail for being quick. */
const mostAttempts = 4;

/** The partner API, called by hand: no code of core takes part, so that the suite judges both by the documentation alone. */
export class PartnerApi {
  readonly target: Target;
  readonly #tokens = new Map<string, string>();

  constructor(target: Target) {
    this.target = target;
  }

  /** A token request as documented, with fields to add or replace. */
  requestToken(fields: Readonly<Record<string, string>>): Promise<ApiAnswer> {
    const { clientId, clientSecret } = this.target;
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      ...fields,
    };
    return this.#send(tokenPath, { method: 'POST', body: new URLSearchParams(form) });
  }

  /** A token with these scopes; asked for once. Throws {@link ScopeNotGranted}. */
  async token(...scopes: readonly string[]): Promise<string> {
    const scope = scopes.join(' ');
    const known = this.#tokens.get(scope);
    if (known !== undefined) return known;
    const answer = await this.requestToken({ scope });
    const token = answer.body['access_token'];
    if (typeof token !== 'string') throw new ScopeNotGranted(scopes);
    this.#tokens.set(scope, token);
    return token;
  }

  /** A call with a bearer token, or without one. A body goes out as JSON unless `headers` say otherwise. */
  call(
    method: string,
    path: string,
    options: {
      readonly token?: string;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<ApiAnswer> {
    const { token, body, headers } = options;
    return this.#send(path, {
      method,
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async #send(path: string, init: RequestInit): Promise<ApiAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(this.target.baseUrl + path, {
        ...init,
        redirect: 'manual',
        signal: AbortSignal.timeout(callTimeoutMs),
      });
      const text = await response.text();
      if (response.status !== 429 || attempt === mostAttempts) {
        return { status: response.status, headers: response.headers, text, body: members(text) };
      }
      await sleep(Math.min(Number(response.headers.get('retry-after') ?? '') || attempt, 30) * 1000);
    }
  }
}

function members(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
