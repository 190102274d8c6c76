import { json } from '../http/message.ts';
import type { Route, SandboxRequest, SandboxResponse } from '../http/message.ts';
import { apiError } from './api-error.ts';
import type { PartnerApi } from './partner-api.ts';
import { knownScopes } from './scopes.ts';

/** POST `/api/partner/v1/oauth/token.json` (docs: "OAuth authentication"). Error bodies as in RFC 6749 (assumption `oauth_errors`). */
export function tokenRoutes(api: PartnerApi): readonly Route[] {
  return [
    { method: 'POST', path: '/api/partner/v1/oauth/token.json', handle: (request) => issue(api, request) },
  ];
}

function issue({ world }: PartnerApi, request: SandboxRequest): SandboxResponse {
  const type = request.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    return oauthError('invalid_request', 'Send the token request as application/x-www-form-urlencoded.');
  }
  const form = request.form();
  if (form.get('grant_type') !== 'client_credentials') {
    return oauthError('unsupported_grant_type', 'The field "grant_type" must be "client_credentials".');
  }
  const client = world.clients.find(form.get('client_id') ?? '');
  if (client === undefined || !client.secrets.includes(form.get('client_secret') ?? '')) {
    const message =
      'The fields "client_id" and "client_secret" do not belong together: compare them with what the sandbox printed.';
    return oauthError('invalid_client', message, 401);
  }
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) {
    return oauthError(
      'invalid_scope',
      'The field "scope" is missing: name one or more scopes, separated by spaces.',
    );
  }
  const refused = scopes.find((scope) => !knownScopes.includes(scope) || !client.scopes.includes(scope));
  if (refused !== undefined) {
    return oauthError(
      'invalid_scope',
      'The field "scope" names a scope that SEEK Pass does not know or this client does not have.',
    );
  }
  return json(
    200,
    {
      access_token: world.tokens.issue(client.clientId, [...new Set(scopes)]),
      token_type: 'Bearer',
      expires_in: world.tokens.lifeSeconds,
      scope: scopes.join(' '),
    },
    { 'Cache-Control': 'no-store' },
  );
}

function oauthError(error: string, message: string, status = 400): SandboxResponse {
  const answer = apiError(status, error, message);
  return { ...answer, body: JSON.stringify({ error, error_description: message }) };
}
