import { onTestFinished } from 'vitest';
import { startSandbox } from '../src/index.ts';
import type { Sandbox, SandboxOptions } from '../src/index.ts';

/** A JSON answer of the sandbox; members are read by the tests as they expect them. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read members of answers they expect
  readonly body: any;
}

/** Starts a sandbox that ends with the test. */
export async function freshSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A partner's calls, written by hand: no code of core takes part. */
export class Partner {
  readonly #sandbox: Pick<Sandbox, 'baseUrl' | 'clientId' | 'clientSecret'>;
  #token: string | undefined;

  constructor(sandbox: Pick<Sandbox, 'baseUrl' | 'clientId' | 'clientSecret'>) {
    this.#sandbox = sandbox;
  }

  /** Asks for a token and uses it from now on. */
  async authenticate(...scopes: readonly string[]): Promise<this> {
    const { clientId, clientSecret } = this.#sandbox;
    const answer = await this.token({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: scopes.join(' '),
    });
    if (answer.status !== 200) throw new Error(`No token: ${answer.text}`);
    this.#token = answer.body.access_token;
    return this;
  }

  get accessToken(): string {
    return this.#token ?? '';
  }

  token(form: Record<string, string>): Promise<Answer> {
    return read(
      fetch(`${this.#sandbox.baseUrl}/api/partner/v1/oauth/token.json`, {
        method: 'POST',
        body: new URLSearchParams(form),
      }),
    );
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const authorization: Record<string, string> =
      this.#token === undefined ? {} : { Authorization: `Bearer ${this.#token}` };
    return read(
      fetch(this.#sandbox.baseUrl + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...authorization,
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
  }

  add(envelope: { readonly credential_type: string }): Promise<Answer> {
    return this.call('POST', `/api/partner/v1/add/${envelope.credential_type}.json`, envelope);
  }

  status(id: string): Promise<Answer> {
    return this.call('GET', `/api/partner/v1/submissions/${encodeURIComponent(id)}/status.json`);
  }
}

/** A partner with a token for every scope. */
export async function partnerOf(
  sandbox: Pick<Sandbox, 'baseUrl' | 'clientId' | 'clientSecret'>,
  ...scopes: readonly string[]
): Promise<Partner> {
  return new Partner(sandbox).authenticate(...(scopes.length > 0 ? scopes : everyScope));
}

export const everyScope: readonly string[] = [
  'write.education',
  'write.english_proficiency',
  'write.microcredential',
  'write.digital_identity',
  'write.right_to_work',
  'write.career_history',
  'write.universal',
  'read.digital_identity',
];

async function read(sent: Promise<Response>): Promise<Answer> {
  const response = await sent;
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

/** `content` of a redirect URI. */
export function contentId(redirectUri: string): string {
  return new URLSearchParams(new URL(redirectUri).hash.slice(1)).get('content') ?? '';
}
