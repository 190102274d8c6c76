import type { TokenSource } from '../auth/token-source.ts';
import { wireSchemas } from '../credentials/wire-schemas.ts';
import { SeekPassError } from '../errors.ts';
import type { OperationName } from '../events.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Answer } from '../http/exchange.ts';
import { checkedBody } from '../http/checked-body.ts';
import { fillPath } from '../http/path.ts';
import type { Transport } from '../http/transport.ts';
import type { CallOptions } from '../options.ts';
import type { Settings } from '../resolve-options.ts';
import { checkId } from '../submissions/status.ts';
import type {
  CreatedWebhookEndpoint,
  RotatedSecret,
  WebhookEndpoint,
  WebhookEndpointInput,
} from './webhook-endpoint.ts';
import { readEndpoint, readEndpoints, readSecret } from './webhook-endpoint.ts';

/** The webhook endpoints of this client at SEEK Pass (docs: "Webhooks"): `seekPass.webhooks`. */
export class Webhooks {
  readonly #transport: Transport;
  readonly #settings: Settings;
  readonly #tokens: TokenSource;

  constructor(transport: Transport, settings: Settings, tokens: TokenSource) {
    this.#transport = transport;
    this.#settings = settings;
    this.#tokens = tokens;
  }

  /**
   * Creates a webhook, unless one with the same URL is there: then that one is returned, `created: false`. When the answer to the creation is
   * lost, the list tells whether it took effect; its secret is then had by {@link Webhooks.rotateSecret}.
   */
  async create(input: WebhookEndpointInput, call?: CallOptions): Promise<CreatedWebhookEndpoint> {
    const { webhooks } = this.#settings.paths;
    const body = checkedBody(wireSchemas.webhookCreate, input);
    const existing = await this.#findByUrl(input.url, call);
    if (existing !== undefined) return { ...existing, created: false };
    try {
      const request = this.#request(
        'webhooks.create',
        'POST',
        webhooks,
        undefined,
        'unsent',
        readEndpoint,
        body,
      );
      return { ...(await this.#transport.send(request, call)), created: true };
    } catch (error) {
      if (!isUnknownOutcome(error)) throw error;
      const found = await this.#findByUrl(input.url, call);
      if (found === undefined) throw error;
      return { ...found, created: true };
    }
  }

  /** All webhooks of this client. */
  async list(call?: CallOptions): Promise<WebhookEndpoint[]> {
    const { webhooks } = this.#settings.paths;
    return this.#transport.send(
      this.#request('webhooks.list', 'GET', webhooks, undefined, 'always', readEndpoints),
      call,
    );
  }

  /** One webhook. */
  async get(id: string, call?: CallOptions): Promise<WebhookEndpoint> {
    const { webhook } = this.#settings.paths;
    return this.#transport.send(
      this.#request('webhooks.get', 'GET', webhook, id, 'always', readEndpoint),
      call,
    );
  }

  /** Changes a webhook. The documentation prints the path without an id, so by default the id goes in the body: setting `paths.webhookUpdate`. */
  async update(
    id: string,
    changes: Partial<WebhookEndpointInput>,
    call?: CallOptions,
  ): Promise<WebhookEndpoint> {
    const { webhookUpdate } = this.#settings.paths;
    const named = webhookUpdate.includes('{id}') ? changes : { ...changes, id };
    const body = checkedBody(wireSchemas.webhookUpdate, named);
    return this.#transport.send(
      this.#request('webhooks.update', 'PUT', webhookUpdate, id, 'always', readEndpoint, body),
      call,
    );
  }

  /** Deletes a webhook. */
  async delete(id: string, call?: CallOptions): Promise<void> {
    const { webhook } = this.#settings.paths;
    try {
      await this.#transport.send(
        this.#request('webhooks.delete', 'DELETE', webhook, id, 'always', () => undefined),
        call,
      );
    } catch (error) {
      // After a lost answer, "not found" means that the first attempt took effect.
      const goneBefore = SeekPassError.is(error) && error.status === 404 && (error.attempts ?? 1) > 1;
      if (!goneBefore) throw error;
    }
  }

  /**
   * Asks for a new signing secret. Never repeated by itself once it may have arrived: a second rotation would make the secret that was
   * answered first invalid. After an error with `retryable: false` rotate again on purpose.
   */
  async rotateSecret(id: string, call?: CallOptions): Promise<RotatedSecret> {
    const { webhookSecret } = this.#settings.paths;
    const secret = await this.#transport.send(
      this.#request('webhooks.rotateSecret', 'PUT', webhookSecret, id, 'unsent', readSecret),
      call,
    );
    return { id, secret };
  }

  async #findByUrl(url: string, call: CallOptions | undefined): Promise<WebhookEndpoint | undefined> {
    const wanted = comparable(url);
    return (await this.list(call)).find(
      (endpoint) => endpoint.url !== undefined && comparable(endpoint.url) === wanted,
    );
  }

  #request<T>(
    operation: OperationName,
    method: ApiRequest<T>['method'],
    template: string,
    id: string | undefined,
    repeat: ApiRequest<T>['repeat'],
    read: (answer: Answer) => T,
    body?: string,
  ): ApiRequest<T> {
    return {
      operation,
      method,
      urlTemplate: template,
      path: id === undefined ? template : fillPath(template, { id: checkId(id) }),
      body: body ?? null,
      ...(body === undefined ? {} : { contentType: 'application/json' }),
      scopes: this.#tokens.anySet(this.#settings.webhookScope, 'webhookScope'),
      repeat,
      read,
    };
  }
}

function isUnknownOutcome(error: unknown): boolean {
  return (
    SeekPassError.is(error) &&
    (error.code === 'unavailable' || error.code === 'timed_out' || error.code === 'unexpected_response')
  );
}

function comparable(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}
