import { z } from 'zod';
import type { Route } from '../http/message.ts';
import { json } from '../http/message.ts';
import { credentialTypes, v1CredentialTypes, wireShapes } from '../shapes.ts';
import type { PartnerApi } from './partner-api.ts';
import { addScope, knownScopes, readIdentityScope } from './scopes.ts';

type Json = Readonly<Record<string, unknown>>;

/** GET `/openapi.json`: what this sandbox takes, made from the schemas it checks with. */
export function openApiRoutes({ baseUrl }: PartnerApi): readonly Route[] {
  let document: Json | undefined;
  return [
    {
      method: 'GET',
      path: '/openapi.json',
      handle: () => {
        document ??= openApiDocument(baseUrl);
        return json(200, document);
      },
    },
  ];
}

/** The OpenAPI 3.1 document of the sandbox. It is the sandbox's, not SEEK Pass's: that one is not public. */
export function openApiDocument(baseUrl: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'SEEK Pass sandbox: partner API',
      version: '1',
      description:
        'Describes the sandbox of seek-pass-kit, generated from the schemas it checks requests with. It is not a document of SEEK Pass: where the SEEK Pass documentation is silent the sandbox assumes, see the table of behaviours in its documentation.',
    },
    servers: [{ url: baseUrl }],
    paths: {
      ...tokenPath(),
      ...addPaths(),
      ...statusPaths(),
      ...verifyPaths(),
      ...webhookPaths(),
      ...uploadPath(),
    },
    components: {
      securitySchemes: {
        clientCredentials: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: `${baseUrl}/api/partner/v1/oauth/token.json`,
              scopes: Object.fromEntries(knownScopes.map((scope) => [scope, ''])),
            },
          },
        },
      },
      schemas: {
        Redirect: object({ redirect_uri: { type: 'string', format: 'uri' } }),
        Status: object({
          id: { type: 'string' },
          status: { enum: ['incomplete', 'verified', 'canceled'] },
          finalized_at: { type: ['string', 'null'], format: 'date-time' },
        }),
        Error: object({ error: { type: 'string' }, message: { type: 'string' } }),
      },
    },
  };
}

function tokenPath(): Json {
  const form = object({
    grant_type: { const: 'client_credentials' },
    client_id: { type: 'string' },
    client_secret: { type: 'string' },
    scope: { type: 'string', description: 'One or more scopes, separated by spaces.' },
  });
  return {
    '/api/partner/v1/oauth/token.json': {
      post: {
        operationId: 'token',
        security: [],
        requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: form } } },
        responses: answers(200, object({ access_token: { type: 'string' } })),
      },
    },
  };
}

function addPaths(): Json {
  const paths: Record<string, Json> = {};
  for (const type of v1CredentialTypes) {
    paths[`/api/partner/v1/add/${type}.json`] = add(`add_v1_${type}`, wireShapes.addV1[type], [
      addScope[type],
    ]);
  }
  for (const type of credentialTypes) {
    // Both spellings are served; only one is described.
    paths[`/api/partner/v2/add/requests/${type}`] = add(`add_v2_${type}`, wireShapes.addV2[type], [
      addScope[type],
    ]);
  }
  paths['/api/partner/v1/add/batch.json'] = add('add_v1_batch', wireShapes.batchV1, []);
  paths['/api/partner/v2/add/requests/batch.json'] = add('add_v2_batch', wireShapes.batchV2, []);
  return paths;
}

function add(operationId: string, schema: z.ZodType, scopes: readonly string[]): Json {
  return { post: operation(operationId, scopes, answers(201, ref('Redirect')), schema) };
}

function statusPaths(): Json {
  const bulk = object({ credentials: { type: 'array', items: ref('Status') } });
  return {
    '/api/partner/v1/submissions/{id}/status.json': {
      get: { ...operation('status', [], answers(200, ref('Status'))), parameters: [pathParameter('id')] },
    },
    '/api/partner/v1/submissions/status.json': {
      post: operation('statuses', [], answers(200, bulk), wireShapes.bulkStatus),
    },
  };
}

function verifyPaths(): Json {
  const scopes = [addScope.digital_identity, readIdentityScope];
  const result = { type: 'object' };
  return {
    '/api/partner/v2/verify/requests/digital_identity.json': {
      post: operation('verify_request', scopes, answers(201, ref('Redirect')), wireShapes.verifyRequest),
    },
    '/api/partner/v2/verify/requests/{request_id}/status.json': {
      get: {
        ...operation('verify_result', [readIdentityScope], answers(200, result)),
        parameters: [pathParameter('request_id')],
      },
    },
  };
}

function webhookPaths(): Json {
  const endpoint = object({ id: { type: 'string' }, url: { type: 'string' } });
  const secret = object({ id: { type: 'string' }, url: { type: 'string' }, secret: { type: 'string' } });
  const parameters = [pathParameter('id')];
  return {
    '/api/partner/v2/webhooks': {
      get: operation(
        'webhooks_list',
        [],
        answers(200, object({ webhooks: { type: 'array', items: endpoint } })),
      ),
      post: operation('webhooks_create', [], answers(201, secret), wireShapes.webhookCreate),
      put: operation('webhooks_update', [], answers(200, endpoint), wireShapes.webhookUpdate),
    },
    '/api/partner/v2/webhooks/{id}': {
      parameters,
      get: operation('webhooks_get', [], answers(200, endpoint)),
      put: operation('webhooks_update_by_id', [], answers(200, endpoint), wireShapes.webhookUpdate),
      delete: operation('webhooks_delete', [], { '204': { description: 'Deleted.' } }),
    },
    '/api/partner/v2/webhooks/{id}/secret': {
      parameters,
      put: operation('webhooks_rotate_secret', [], answers(200, secret)),
    },
  };
}

function uploadPath(): Json {
  return {
    '/uploads/{upload_id}': {
      put: {
        operationId: 'upload',
        security: [],
        parameters: [pathParameter('upload_id')],
        requestBody: { required: true, content: { '*/*': {} } },
        responses: { '200': { description: 'Taken.' } },
      },
    },
  };
}

function operation(operationId: string, scopes: readonly string[], responses: Json, body?: z.ZodType): Json {
  const schema =
    body === undefined ? undefined : z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
  return {
    operationId,
    security: [{ clientCredentials: scopes }],
    ...(schema === undefined ? {} : { requestBody: { required: true, content: jsonContent(schema) } }),
    responses,
  };
}

function answers(status: number, schema: Json): Json {
  return {
    [String(status)]: { description: 'Done.', content: jsonContent(schema) },
    default: { description: 'Refused.', content: jsonContent(ref('Error')) },
  };
}

function jsonContent(schema: object): Json {
  return { 'application/json': { schema } };
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function object(properties: Json): Json {
  return { type: 'object', properties, required: Object.keys(properties) };
}

function pathParameter(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}
