import type { Answer } from '../http/exchange.ts';
import { Unreadable } from '../http/failure.ts';
import { readJsonObject } from '../http/json.ts';
import type { Transport } from '../http/transport.ts';
import type { Secret } from '../redaction.ts';
import type { Settings } from '../resolve-options.ts';
import type { ScopeSet } from '../scope.ts';
import type { ClockOffset } from './clock-offset.ts';

/** A token as SEEK Pass gave it. */
export interface Grant {
  readonly value: string;
  readonly lifeMs: number;
}

/** Asks for a token with the client credentials grant (docs: "OAuth authentication"). */
export function requestToken(
  transport: Transport,
  settings: Settings,
  offset: ClockOffset,
  secret: Secret,
  set: ScopeSet,
): Promise<Grant> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: settings.clientId,
    client_secret: secret.reveal(),
    scope: set.key,
  });
  return transport.send({
    operation: 'token',
    method: 'POST',
    urlTemplate: settings.paths.token,
    path: settings.paths.token,
    body: form.toString(),
    contentType: 'application/x-www-form-urlencoded',
    scopes: undefined,
    repeat: 'always',
    read: (answer) => readGrant(answer, settings, offset),
  });
}

function readGrant(answer: Answer, settings: Settings, offset: ClockOffset): Grant {
  const body = readJsonObject(answer);
  const value = body['access_token'];
  // Anything else could not go into a header.
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value))
    throw new Unreadable('it has no access_token');
  const seekPassNow = settings.clock.now() + (offset.ms ?? 0);
  const lifeMs =
    positiveSeconds(body['expires_in']) ?? lifeOfJwt(value, seekPassNow) ?? settings.unknownTokenLifeMs;
  return { value, lifeMs };
}

function positiveSeconds(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && seconds > 0 && seconds < Infinity ? seconds * 1000 : undefined;
}

/** What is left until the `exp` of a JWT, judged by the clock of who made it. The signature is SEEK Pass's own business. */
function lifeOfJwt(token: string, seekPassNow: number): number | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined;
    const lifeMs = typeof exp === 'number' ? exp * 1000 - seekPassNow : Number.NaN;
    return lifeMs > 0 && lifeMs < Infinity ? lifeMs : undefined;
  } catch {
    return undefined;
  }
}
