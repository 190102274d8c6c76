import type { Answer } from '../http/exchange.ts';
import { Unreadable } from '../http/failure.ts';
import { isObject, readJsonObject } from '../http/json.ts';
import type { Transport } from '../http/transport.ts';
import type { Secret } from '../redaction.ts';
import type { Settings } from '../resolve-options.ts';
import type { ScopeSet } from '../scope.ts';
import type { SeekPassTime } from './seek-pass-time.ts';

/** A token as SEEK Pass gave it. */
export interface Grant {
  readonly value: string;
  readonly lifeMs: number;
}

/** How tokens are asked for: with one of the client's secrets, for one set of scopes. */
export type RequestToken = (secret: Secret, set: ScopeSet) => Promise<Grant>;

/** Asks for tokens with the client credentials grant (docs: "OAuth authentication"). */
export function tokenRequester(transport: Transport, settings: Settings, time: SeekPassTime): RequestToken {
  const { clientId, paths, unknownTokenLifeMs } = settings;

  function read(answer: Answer): Grant {
    const { access_token: value, expires_in } = readJsonObject(answer);
    // Anything else could not go into a header.
    if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value))
      throw new Unreadable('it has no access_token');
    const lifeMs =
      positive(Number(expires_in) * 1000) ?? positive(expiryOfJwt(value) - time.now()) ?? unknownTokenLifeMs;
    return { value, lifeMs };
  }

  return (secret, set) => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret.reveal(),
      scope: set.key,
    });
    return transport.send({
      operation: 'token',
      method: 'POST',
      urlTemplate: paths.token,
      body: form.toString(),
      contentType: 'application/x-www-form-urlencoded',
      read,
    });
  };
}

function positive(ms: number): number | undefined {
  return ms > 0 && ms < Infinity ? ms : undefined;
}

/** The `exp` of a JWT in milliseconds, judged by the clock of who made it; `NaN` without. The signature is SEEK Pass's own business. */
function expiryOfJwt(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const exp = isObject(claims) ? claims['exp'] : undefined;
    return typeof exp === 'number' ? exp * 1000 : Number.NaN;
  } catch {
    return Number.NaN;
  }
}
