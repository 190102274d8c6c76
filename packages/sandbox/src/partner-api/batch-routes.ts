import { json } from '../http/message.ts';
import type { Route, SandboxRequest, SandboxResponse } from '../http/message.ts';
import { credentialTypes, wireShapes } from '../shapes.ts';
import type { V2Entry, CredentialType } from '../shapes.ts';
import type { Token } from '../world/tokens.ts';
import { invalidBody } from './api-error.ts';
import { preparedUploads } from './assets.ts';
import { missingScope, withToken } from './bearer.ts';
import type { PartnerApi } from './partner-api.ts';
import { addRedirectUri } from './redirect-url.ts';
import { readJson } from './request-body.ts';
import { addScope } from './scopes.ts';

/** Many credentials for one learner, v1 and v2 (docs: "Batch field descriptions"). The token needs every scope used. */
export function batchRoutes(api: PartnerApi): readonly Route[] {
  const v1 = withToken(api.world, (request, token) => batchV1(api, request, token));
  const v2 = withToken(api.world, (request, token) => batchV2(api, request, token));
  return [
    { method: 'POST', path: '/api/partner/v1/add/batch.json', handle: v1 },
    { method: 'POST', path: '/api/partner/v2/add/requests/batch', handle: v2 },
    { method: 'POST', path: '/api/partner/v2/add/requests/batch.json', handle: v2 },
  ];
}

function batchV1({ world, baseUrl }: PartnerApi, request: SandboxRequest, token: Token): SandboxResponse {
  const body = readJson(request, wireShapes.batchV1);
  if (!body.ok) return body.answer;
  const refused = missingScope(
    token,
    new Set(body.value.credentials.map((item) => addScope[item.credential_type])),
  );
  if (refused !== undefined) return refused;
  const { submission } = world.submissions.submit({
    clientId: token.clientId,
    id: body.value.id,
    kind: 'batch',
    form: 'batch_v1',
    documentType: undefined,
    payload: body.text,
  });
  return json(201, { redirect_uri: addRedirectUri(baseUrl, submission) });
}

function batchV2({ world, baseUrl }: PartnerApi, request: SandboxRequest, token: Token): SandboxResponse {
  const body = readJson(request, wireShapes.batchV2);
  if (!body.ok) return body.answer;
  const batch = body.value;
  const entriesOf: { readonly [T in CredentialType]: readonly V2Entry[] } = {
    digital_identity: one(batch.digital_identity),
    education: batch.education_items ?? [],
    microcredential: batch.microcredential_items ?? [],
    english_proficiency: batch.english_proficiency_items ?? [],
    right_to_work: batch.right_to_work_items ?? [],
    career_history: one(batch.career_history),
    universal_credential: batch.universal_credential_items ?? [],
  };
  const used = credentialTypes.filter((type) => entriesOf[type].length > 0);
  if (used.length === 0) {
    return invalidBody([
      { path: '', message: 'The batch holds no credential: add an entry to one of its members' },
    ]);
  }
  const refused = missingScope(
    token,
    used.map((type) => addScope[type]),
  );
  if (refused !== undefined) return refused;
  const submitted = world.submissions.submit({
    clientId: token.clientId,
    id: batch.credential_id,
    kind: 'batch',
    form: 'batch_v2',
    documentType: undefined,
    payload: body.text,
  });
  const assets = used.flatMap((type) => entriesOf[type].flatMap((entry) => entry.assets ?? []));
  const uploads = preparedUploads(world, baseUrl, submitted, assets);
  return json(201, { redirect_uri: addRedirectUri(baseUrl, submitted.submission), ...uploads });
}

/** A member that holds one entry, as a list. */
function one(entry: V2Entry | undefined): readonly V2Entry[] {
  return entry === undefined ? [] : [entry];
}
