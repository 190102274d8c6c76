import { json } from '../http/message.ts';
import type { Route, SandboxRequest, SandboxResponse } from '../http/message.ts';
import { wireShapes } from '../shapes.ts';
import type { Token } from '../world/tokens.ts';
import type { WebhookEndpoint } from '../world/webhook-endpoints.ts';
import { apiError, invalidBody } from './api-error.ts';
import { withToken } from './bearer.ts';
import type { PartnerApi } from './partner-api.ts';
import { readJson } from './request-body.ts';

/** Webhook endpoints (docs: "Webhooks"). Any token will do: no scope is documented (assumption `webhook_scope`). */
export function webhookRoutes(api: PartnerApi): readonly Route[] {
  const { world } = api;
  const all = '/api/partner/v2/webhooks';
  const route = (
    method: Route['method'],
    path: string,
    handle: (request: SandboxRequest, token: Token) => SandboxResponse,
  ): Route => ({ method, path, handle: withToken(world, handle) });
  const withEndpoint =
    (handle: (endpoint: WebhookEndpoint, request: SandboxRequest) => SandboxResponse) =>
    (request: SandboxRequest, token: Token): SandboxResponse => {
      const endpoint = world.endpoints.find(token.clientId, request.params['id'] ?? '');
      return endpoint === undefined ? unknownEndpoint() : handle(endpoint, request);
    };
  return [
    route('POST', all, (request, token) => {
      const body = readJson(request, wireShapes.webhookCreate);
      if (!body.ok) return body.answer;
      const { url, name, description } = body.value;
      if (!isHttpUrl(url)) return badUrl();
      const endpoint = world.endpoints.create(token.clientId, { url, name, description });
      return json(201, { ...shown(endpoint), secret: endpoint.secret });
    }),
    route('GET', all, (_request, token) =>
      json(200, { webhooks: world.endpoints.ofClient(token.clientId).map(shown) }),
    ),
    // As published the update names no id in its path; the id then stands in the body (assumption `webhook_update`).
    route('PUT', all, (request, token) => {
      const body = readJson(request, wireShapes.webhookUpdate);
      if (!body.ok) return body.answer;
      const endpoint = world.endpoints.find(token.clientId, body.value.id ?? '');
      return endpoint === undefined ? unknownEndpoint() : update(endpoint, body.value);
    }),
    route(
      'PUT',
      `${all}/:id`,
      withEndpoint((endpoint, request) => {
        const body = readJson(request, wireShapes.webhookUpdate);
        return body.ok ? update(endpoint, body.value) : body.answer;
      }),
    ),
    route(
      'GET',
      `${all}/:id`,
      withEndpoint((endpoint) => json(200, shown(endpoint))),
    ),
    route(
      'DELETE',
      `${all}/:id`,
      withEndpoint((endpoint) => {
        world.endpoints.delete(endpoint);
        return { status: 204 };
      }),
    ),
    route(
      'PUT',
      `${all}/:id/secret`,
      withEndpoint((endpoint) => {
        world.endpoints.rotateSecret(endpoint);
        return json(200, { ...shown(endpoint), secret: endpoint.secret });
      }),
    ),
  ];
}

function update(
  endpoint: WebhookEndpoint,
  change: { url?: string | undefined; name?: string | undefined; description?: string | undefined },
): SandboxResponse {
  if (change.url !== undefined && !isHttpUrl(change.url)) return badUrl();
  endpoint.url = change.url ?? endpoint.url;
  endpoint.name = change.name ?? endpoint.name;
  endpoint.description = change.description ?? endpoint.description;
  return json(200, shown(endpoint));
}

/** Without the secret: it is shown when it is made (assumption `webhook_secret_shown`). */
function shown(endpoint: WebhookEndpoint): Record<string, string | null> {
  const { endpointId, name, description, url } = endpoint;
  return { id: endpointId, name: name ?? null, description: description ?? null, url };
}

function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol);
}

function badUrl(): SandboxResponse {
  return invalidBody([{ path: 'url', message: 'The address must be an absolute http or https URL' }]);
}

function unknownEndpoint(): SandboxResponse {
  return apiError(404, 'not_found', 'This client has no webhook with this id.');
}
