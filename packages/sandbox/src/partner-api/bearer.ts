import type { Handler, SandboxRequest, SandboxResponse } from '../http/message.ts';
import type { Token } from '../world/tokens.ts';
import type { World } from '../world/world.ts';
import { apiError } from './api-error.ts';

const why = {
  invalid:
    'The access token is not one of this sandbox: ask for a new one at /api/partner/v1/oauth/token.json.',
  expired: 'The access token has expired: ask for a new one at /api/partner/v1/oauth/token.json.',
  revoked: 'The access token was revoked: ask for a new one at /api/partner/v1/oauth/token.json.',
};

/** A handler behind a bearer token: 401 without a token that counts. */
export function withToken(
  world: World,
  handle: (request: SandboxRequest, token: Token) => SandboxResponse,
): Handler {
  return (request) => {
    const text = bearerOf(request.header('authorization'));
    if (text === undefined) {
      const message = 'Send the access token in the header "Authorization: Bearer <token>".';
      return apiError(401, 'unauthorized', message, { 'WWW-Authenticate': 'Bearer' });
    }
    const token = world.tokens.check(text);
    if (typeof token === 'string') {
      return apiError(401, 'invalid_token', why[token], {
        'WWW-Authenticate': 'Bearer error="invalid_token"',
      });
    }
    return handle(request, token);
  };
}

/** 403 when the token lacks one of the scopes; undefined when it has them all. */
export function missingScope(token: Token, scopes: Iterable<string>): SandboxResponse | undefined {
  for (const scope of scopes) {
    if (token.scopes.has(scope)) continue;
    const message = `The access token lacks the scope "${scope}": ask for a token with it.`;
    const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
    return apiError(403, 'insufficient_scope', message, { 'WWW-Authenticate': challenge });
  }
  return undefined;
}

/** The token of an `Authorization` header; the scheme's letter case does not matter. */
export function bearerOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.slice(0, 7).toLowerCase() !== 'bearer ') return undefined;
  const text = authorization.slice(7).trim();
  return text === '' ? undefined : text;
}
