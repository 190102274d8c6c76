import type { Random } from './random.ts';

/** A registered webhook endpoint (docs: "Webhooks"). */
export interface WebhookEndpoint {
  readonly endpointId: string;
  readonly clientId: string;
  url: string;
  name: string | undefined;
  description: string | undefined;
  /** 64 hexadecimal characters, made by SEEK Pass; used as text, not decoded. */
  secret: string;
}

/** The webhook endpoints of all clients. */
export class WebhookEndpoints {
  readonly #random: Random;
  readonly #byId = new Map<string, WebhookEndpoint>();

  constructor(random: Random) {
    this.#random = random;
  }

  create(clientId: string, from: Pick<WebhookEndpoint, 'url' | 'name' | 'description'>): WebhookEndpoint {
    const endpoint: WebhookEndpoint = {
      endpointId: this.#random.uuid(),
      clientId,
      url: from.url,
      name: from.name,
      description: from.description,
      secret: this.#random.hex(32),
    };
    this.restore(endpoint);
    return endpoint;
  }

  /** A client's own endpoint; another client's is not found. */
  find(clientId: string, endpointId: string): WebhookEndpoint | undefined {
    const endpoint = this.#byId.get(endpointId);
    return endpoint?.clientId === clientId ? endpoint : undefined;
  }

  /** For the control panel: any client's. */
  get(endpointId: string): WebhookEndpoint | undefined {
    return this.#byId.get(endpointId);
  }

  ofClient(clientId: string): readonly WebhookEndpoint[] {
    return this.list().filter((endpoint) => endpoint.clientId === clientId);
  }

  list(): readonly WebhookEndpoint[] {
    return [...this.#byId.values()];
  }

  delete(endpoint: WebhookEndpoint): void {
    this.#byId.delete(endpoint.endpointId);
  }

  /** From now on only the new secret signs: no overlap is documented. */
  rotateSecret(endpoint: WebhookEndpoint): void {
    endpoint.secret = this.#random.hex(32);
  }

  restore(endpoint: WebhookEndpoint): void {
    this.#byId.set(endpoint.endpointId, endpoint);
  }

  clear(): void {
    this.#byId.clear();
  }
}
