import type { TokenSource } from '../auth/token-source.ts';
import { requestSchemas } from '../credentials/request-schemas.ts';
import { SeekPassError } from '../errors.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { checkedBody } from '../http/checked-body.ts';
import type { Transport } from '../http/transport.ts';
import type { CallOptions } from '../options.ts';
import type { Settings } from '../resolve-options.ts';
import type {
  CreatedWebhookEndpoint,
  RotatedSecret,
  WebhookEndpoint,
  WebhookEndpointInput,
} from './webhook-endpoint.ts';
import { readEndpoint, readEndpoints, readSecret } from './webhook-endpoint.ts';

/** The webhook endpoints of this client at SEEK Pass (docs: "Webhooks"): `seekPass.webhooks`. */
export interface Webhooks {
  /**
   * Creates a webhook, unless one with the same URL is there: then that one is returned, `created: false`. When the answer to the creation is
   * lost, the list tells whether it took effect; its secret is then had by {@link Webhooks.rotateSecret}.
   */
  create(input: WebhookEndpointInput, call?: CallOptions): Promise<CreatedWebhookEndpoint>;
  /** All webhooks of this client. */
  list(call?: CallOptions): Promise<WebhookEndpoint[]>;
  /** One webhook. */
  get(id: string, call?: CallOptions): Promise<WebhookEndpoint>;
  /** Changes a webhook. The documentation prints the path without an id, so by default the id goes in the body: setting `paths.webhookUpdate`. */
  update(id: string, changes: Partial<WebhookEndpointInput>, call?: CallOptions): Promise<WebhookEndpoint>;
  /** Deletes a webhook. */
  delete(id: string, call?: CallOptions): Promise<void>;
  /**
   * Asks for a new signing secret. Never repeated by itself once it may have arrived: a second rotation would make the secret that was
   * answered first invalid. After an error with `retryable: false` rotate again on purpose.
   */
  rotateSecret(id: string, call?: CallOptions): Promise<RotatedSecret>;
}

/** Makes {@link Webhooks}. */
export function createWebhooks(transport: Transport, settings: Settings, tokens: TokenSource): Webhooks {
  const { paths } = settings;

  async function send<T>(request: Omit<ApiRequest<T>, 'scopes'>, call: CallOptions | undefined): Promise<T> {
    return transport.send({ ...request, scopes: tokens.anySet('webhookScope') }, call);
  }

  async function list(call?: CallOptions): Promise<WebhookEndpoint[]> {
    return send(
      { operation: 'webhooks.list', method: 'GET', urlTemplate: paths.webhooks, read: readEndpoints },
      call,
    );
  }

  async function findByUrl(url: string, call?: CallOptions): Promise<WebhookEndpoint | undefined> {
    const wanted = comparable(url);
    return (await list(call)).find(
      (endpoint) => endpoint.url !== undefined && comparable(endpoint.url) === wanted,
    );
  }

  return {
    list,

    async create(input, call) {
      const body = checkedBody(requestSchemas.webhookCreate, input);
      const existing = await findByUrl(input.url, call);
      if (existing !== undefined) return { ...existing, created: false };
      try {
        const made = await send(
          {
            operation: 'webhooks.create',
            method: 'POST',
            urlTemplate: paths.webhooks,
            body,
            repeatable: false,
            read: readEndpoint,
          },
          call,
        );
        return { ...made, created: true };
      } catch (error) {
        const found = isUnknownOutcome(error) ? await findByUrl(input.url, call) : undefined;
        if (found === undefined) throw error;
        return { ...found, created: true };
      }
    },

    async get(id, call) {
      return send(
        { operation: 'webhooks.get', method: 'GET', urlTemplate: paths.webhook, id, read: readEndpoint },
        call,
      );
    },

    async update(id, changes, call) {
      const urlTemplate = paths.webhookUpdate;
      const named = urlTemplate.includes('{id}') ? changes : { ...changes, id };
      const body = checkedBody(requestSchemas.webhookUpdate, named);
      return send(
        { operation: 'webhooks.update', method: 'PUT', urlTemplate, id, body, read: readEndpoint },
        call,
      );
    },

    async delete(id, call) {
      try {
        await send(
          {
            operation: 'webhooks.delete',
            method: 'DELETE',
            urlTemplate: paths.webhook,
            id,
            read: () => undefined,
          },
          call,
        );
      } catch (error) {
        // After a lost answer, "not found" means that the first attempt took effect.
        const goneBefore = SeekPassError.is(error) && error.status === 404 && (error.attempts ?? 1) > 1;
        if (!goneBefore) throw error;
      }
    },

    async rotateSecret(id, call) {
      const secret = await send(
        {
          operation: 'webhooks.rotateSecret',
          method: 'PUT',
          urlTemplate: paths.webhookSecret,
          id,
          repeatable: false,
          read: readSecret,
        },
        call,
      );
      return { id, secret };
    },
  };
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
