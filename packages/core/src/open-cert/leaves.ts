import { isJsonObject, type JsonObject } from './read-document.ts';

/** One value of a document's data with the way to it. */
export interface Leaf {
  /** Dots between members, as it is hashed: `recipient.name`, `issuers.0.name`. */
  readonly path: string;
  /** `<uuid>:<type>:<value>`, or `[]` or `{}` for an empty container, as JSON. */
  readonly json: string;
  /** The value without its salt, as text; undefined for `null`, `undefined` and empty containers. */
  readonly value: string | undefined;
}

/** Why data cannot be read as salted leaves. */
export type LeavesFault = 'illegal_key' | 'not_salted' | 'too_complex';

export const maxDepth = 32;
const maxLeaves = 50_000;
const maxKeyLength = 256;

const salted =
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}:(string|number|boolean|null|undefined):/i;

/**
 * Flattens the data of a wrapped document. Keys with a dot, empty keys and `__proto__` are refused: with them two
 * different documents could flatten to the same leaves.
 */
export function collectLeaves(data: JsonObject): readonly Leaf[] | LeavesFault {
  const leaves: Leaf[] = [];
  return descend(data, '', 0, leaves) ?? leaves;
}

function descend(container: object, prefix: string, depth: number, leaves: Leaf[]): LeavesFault | undefined {
  if (depth >= maxDepth) return 'too_complex';
  for (const [key, value] of Object.entries(container)) {
    if (key === '' || key === '__proto__' || key.includes('.')) return 'illegal_key';
    if (key.length > maxKeyLength || leaves.length >= maxLeaves) return 'too_complex';
    const fault = addValue(value, prefix === '' ? key : `${prefix}.${key}`, depth, leaves);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function addValue(value: unknown, path: string, depth: number, leaves: Leaf[]): LeavesFault | undefined {
  if (typeof value === 'string') {
    const match = salted.exec(value);
    if (match === null) return 'not_salted';
    const [salt, type] = match;
    const isEmpty = type === 'null' || type === 'undefined';
    leaves.push({ path, json: JSON.stringify(value), value: isEmpty ? undefined : value.slice(salt.length) });
    return undefined;
  }
  if (!Array.isArray(value) && !isJsonObject(value)) return 'not_salted';
  if (Object.keys(value).length > 0) return descend(value, path, depth + 1, leaves);
  leaves.push({ path, json: Array.isArray(value) ? '[]' : '{}', value: undefined });
  return undefined;
}
