import type { Answer } from '../http/exchange.ts';
import { Unreadable } from '../http/failure.ts';
import type { JsonObject } from '../http/json.ts';
import { isObject, readJson, readJsonObject, readOptionalText, readText } from '../http/json.ts';
import { Secret } from '../redaction.ts';

/** A new webhook, in the names of the wire (docs: "Webhooks"). */
export interface WebhookEndpointInput {
  /** `https`, reachable by SEEK Pass. */
  readonly url: string;
  readonly name?: string;
  readonly description?: string;
}

/** A webhook as SEEK Pass knows it. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url?: string;
  readonly name?: string;
  readonly description?: string;
  /** The secret for its signatures, when the answer had it: `secret.reveal()`. SEEK Pass shows it after creating and rotating. */
  readonly secret?: Secret;
}

/** What `webhooks.create` found or made. */
export interface CreatedWebhookEndpoint extends WebhookEndpoint {
  /** False when a webhook with this URL was there before: its secret may only be had by rotating it. */
  readonly created: boolean;
}

/** What `webhooks.rotateSecret` gives. */
export interface RotatedSecret {
  readonly id: string;
  /** Valid at once; no overlap is documented, so keep the previous one beside it for events on their way. */
  readonly secret: Secret;
}

export function readEndpoint(answer: Answer): WebhookEndpoint {
  return toEndpoint(readJsonObject(answer));
}

/** The shape of the list is not documented: an array, or an object with one array in it. */
export function readEndpoints(answer: Answer): WebhookEndpoint[] {
  const body = readJson(answer);
  const list = Array.isArray(body)
    ? body
    : isObject(body)
      ? Object.values(body).find((value) => Array.isArray(value))
      : undefined;
  if (!Array.isArray(list)) throw new Unreadable('it has no list of webhooks');
  return (list as unknown[]).filter((entry) => isObject(entry)).map(toEndpoint);
}

export function readSecret(answer: Answer): Secret {
  return new Secret(readText(readJsonObject(answer), 'secret'));
}

function toEndpoint(body: JsonObject): WebhookEndpoint {
  const id = typeof body['id'] === 'number' ? String(body['id']) : readText(body, 'id');
  const secret = readOptionalText(body, 'secret');
  const endpoint: Record<string, string> = { id };
  for (const name of ['url', 'name', 'description']) {
    const value = readOptionalText(body, name);
    if (value !== undefined) endpoint[name] = value;
  }
  return { id, ...endpoint, ...(secret === undefined ? {} : { secret: new Secret(secret) }) };
}
