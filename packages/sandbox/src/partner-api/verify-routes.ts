import { json } from '../http/message.ts';
import type { Route, SandboxResponse } from '../http/message.ts';
import { wireShapes } from '../shapes.ts';
import type { Verification } from '../world/verification.ts';
import { apiError } from './api-error.ts';
import { missingScope, withToken } from './bearer.ts';
import type { PartnerApi } from './partner-api.ts';
import { verifyRedirectUri } from './redirect-url.ts';
import { readJson } from './request-body.ts';
import { addScope, readIdentityScope } from './scopes.ts';
import { wholeSeconds } from './status-routes.ts';

/** The two scopes a verification needs (docs: "Verify with SEEK Pass"). */
const requestScopes = [addScope.digital_identity, readIdentityScope];

/** Verify: request, and result by request id; path and form of the result are not documented (assumption `verify_result`). */
export function verifyRoutes({ world, baseUrl }: PartnerApi): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/partner/v2/verify/requests/digital_identity.json',
      handle: withToken(world, (request, token) => {
        const refused = missingScope(token, requestScopes);
        if (refused !== undefined) return refused;
        const body = readJson(request, wireShapes.verifyRequest);
        if (!body.ok) return body.answer;
        const verification = world.verifications.request(token.clientId, body.value);
        const redirectUri = verifyRedirectUri(baseUrl, verification);
        return json(201, { request_id: verification.requestId, redirect_uri: redirectUri });
      }),
    },
    {
      method: 'GET',
      path: '/api/partner/v2/verify/requests/:request_id/status.json',
      handle: withToken(world, (request, token) => {
        const refused = missingScope(token, [readIdentityScope]);
        if (refused !== undefined) return refused;
        const verification = world.verifications.ofRequestId(
          token.clientId,
          request.params['request_id'] ?? '',
        );
        if (verification !== undefined) return result(verification);
        return apiError(404, 'not_found', 'No verification of this client has this request id.');
      }),
    },
  ];
}

function result(verification: Verification): SandboxResponse {
  const { requestId, status, finalizedAt, shared } = verification;
  return json(200, {
    request_id: requestId,
    status,
    finalized_at: finalizedAt === undefined ? null : wholeSeconds(finalizedAt),
    credential: shared === undefined ? null : { credential_type: 'digital_identity', fields: shared.fields },
  });
}
