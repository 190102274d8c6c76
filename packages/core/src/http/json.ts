import type { Answer } from './exchange.ts';
import { Unreadable } from './failure.ts';

/** A JSON object as SEEK Pass sent it; members we do not know are kept. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads the body as JSON, whatever its content type says. The parser's own message is dropped: it quotes the body. */
export function readJson(answer: Answer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    throw new Unreadable(
      answer.body.trimStart().startsWith('<')
        ? 'with HTML instead of JSON (a proxy or a wrong baseUrl does this)'
        : 'its JSON is cut off or broken',
    );
  }
}

export function readJsonObject(answer: Answer): JsonObject {
  const value = readJson(answer);
  if (!isObject(value)) throw new Unreadable('its JSON is not an object');
  return value;
}

/** A JSON object that is about this id: an answer need not repeat it, but must not name another one. */
export function readAbout(answer: Answer, idName: string, id: string): JsonObject {
  const object = readJsonObject(answer);
  if ((object[idName] ?? id) !== id) throw new Unreadable(`it is about another ${idName}`);
  return object;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that must be a text with something in it. */
export function readText(object: JsonObject, name: string): string {
  const value = object[name];
  if (typeof value !== 'string' || value === '') throw new Unreadable(`it has no ${name}`);
  return value;
}

/** A member that may be absent or null. Anything but text counts as absent: SEEK Pass's schema is not published. */
export function readOptionalText(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
