import { json } from '../http/message.ts';
import type { Route, SandboxRequest, SandboxResponse } from '../http/message.ts';
import { credentialTypes, v1CredentialTypes, wireShapes } from '../shapes.ts';
import type { CredentialType, V1CredentialType } from '../shapes.ts';
import type { Token } from '../world/tokens.ts';
import { apiError } from './api-error.ts';
import { preparedUploads } from './assets.ts';
import { missingScope, withToken } from './bearer.ts';
import type { PartnerApi } from './partner-api.ts';
import { addRedirectUri } from './redirect-url.ts';
import { readJson } from './request-body.ts';
import { addScope } from './scopes.ts';

/** The single adds, v1 and v2, of every type (docs: "Redirect user" and the field pages). */
export function addRoutes(api: PartnerApi): readonly Route[] {
  const v1 = v1CredentialTypes.map((type) => post(`/api/partner/v1/add/${type}.json`, api, addV1(api, type)));
  // The field pages write some v2 paths with ".json" and some without: both work (assumption `v2_suffix`).
  const v2 = credentialTypes.flatMap((type) => [
    post(`/api/partner/v2/add/requests/${type}`, api, addV2(api, type)),
    post(`/api/partner/v2/add/requests/${type}.json`, api, addV2(api, type)),
  ]);
  return [
    ...v1,
    ...v2,
    post('/api/partner/v1/add/:type.json', api, unknownType),
    post('/api/partner/v2/add/requests/:type', api, unknownType),
  ];
}

function unknownType(): SandboxResponse {
  const known = credentialTypes.join(', ');
  return apiError(
    404,
    'unknown_credential_type',
    `The path names no credential type of this version: use one of ${known}.`,
  );
}

type TokenHandler = (request: SandboxRequest, token: Token) => SandboxResponse;

function post(path: string, { world }: PartnerApi, handle: TokenHandler): Route {
  return { method: 'POST', path, handle: withToken(world, handle) };
}

function addV1({ world, baseUrl }: PartnerApi, type: V1CredentialType): TokenHandler {
  const scopes = [addScope[type]];
  const schema = wireShapes.addV1[type];
  return (request, token) => {
    const refused = missingScope(token, scopes);
    if (refused !== undefined) return refused;
    const body = readJson(request, schema);
    if (!body.ok) return body.answer;
    const { submission } = world.submissions.submit({
      clientId: token.clientId,
      id: body.value.id,
      kind: type,
      form: 'v1',
      documentType: body.value.document_type,
      payload: body.text,
    });
    return json(201, { redirect_uri: addRedirectUri(baseUrl, submission) });
  };
}

function addV2({ world, baseUrl }: PartnerApi, type: CredentialType): TokenHandler {
  const scopes = [addScope[type]];
  const schema = wireShapes.addV2[type];
  return (request, token) => {
    const refused = missingScope(token, scopes);
    if (refused !== undefined) return refused;
    const body = readJson(request, schema);
    if (!body.ok) return body.answer;
    const assets = body.value.assets ?? [];
    const submitted = world.submissions.submit({
      clientId: token.clientId,
      id: body.value.credential_id,
      kind: type,
      form: 'v2',
      documentType: assets[0]?.asset_type ?? 'none',
      payload: body.text,
    });
    const uploads = preparedUploads(world, baseUrl, submitted, assets);
    return json(201, { redirect_uri: addRedirectUri(baseUrl, submitted.submission), ...uploads });
  };
}
