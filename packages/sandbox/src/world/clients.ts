import { SandboxError } from '../sandbox-error.ts';

/** A partner that may call the API. */
export interface PartnerClient {
  /** Begins with `sandbox-`, so that production code can refuse it. */
  readonly clientId: string;
  /** What the pages call the partner. */
  readonly name: string;
  /** The scopes it may ask for. */
  readonly scopes: readonly string[];
  /** All secrets that work now; two during a rotation. */
  secrets: readonly string[];
}

/** What every client id of a sandbox begins with. */
export const sandboxClientIdPrefix = 'sandbox-';

/** The partners of one sandbox. */
export class PartnerClients {
  readonly #byId = new Map<string, PartnerClient>();

  /** Throws `invalid_configuration` for an id that does not begin with `sandbox-`, or an empty secret. */
  add(client: PartnerClient): PartnerClient {
    if (!client.clientId.startsWith(sandboxClientIdPrefix)) {
      throw new SandboxError(
        'invalid_configuration',
        `The sandbox's clientId must begin with "${sandboxClientIdPrefix}": production software refuses such ids, so that the two are never mixed up.`,
      );
    }
    if (client.secrets.length === 0 || client.secrets.includes('')) {
      throw new SandboxError(
        'invalid_configuration',
        "The sandbox's clientSecret is empty: set one, or leave it out.",
      );
    }
    this.#byId.set(client.clientId, client);
    return client;
  }

  find(clientId: string): PartnerClient | undefined {
    return this.#byId.get(clientId);
  }

  list(): readonly PartnerClient[] {
    return [...this.#byId.values()];
  }

  /** A new secret; the one before works on when `keepPrevious`. */
  rotateSecret(client: PartnerClient, secret: string, keepPrevious: boolean): void {
    client.secrets = keepPrevious ? [secret, ...client.secrets.slice(0, 1)] : [secret];
  }
}
