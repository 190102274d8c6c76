import type { ApiRequest } from '../http/api-request.ts';
import type { Answer } from '../http/exchange.ts';
import { Unreadable } from '../http/failure.ts';
import type { JsonObject } from '../http/json.ts';
import { isObject, readAbout, readJsonObject, readOptionalText, readText } from '../http/json.ts';
import type { ScopeSet } from '../scope.ts';

/** The statuses that SEEK Pass documents (docs: "Check submission status"). */
export type DocumentedStatus = 'verified' | 'canceled' | 'incomplete';

/** How a submission stands. */
export interface SubmissionStatus {
  /** The `id` that was sent to the add endpoint. */
  readonly id: string;
  /**
   * `verified`: done. `canceled`: the learner declined, or 48 hours passed (SEEK Pass does not tell which). `incomplete`: not finished.
   * `not_reported` is ours: the answer does not mention this id. Any other text is a status newer than this kit.
   */
  readonly status: DocumentedStatus | 'not_reported' | (string & {});
  /** ISO 8601, UTC. Not every answer has it. */
  readonly finalizedAt?: string;
}

/** SEEK Pass takes this many ids in one call. */
export const statusIdsPerCall = 30;

/** The call for one status. */
export function statusRequest(
  id: string,
  urlTemplate: string,
  scopes: ScopeSet,
): ApiRequest<SubmissionStatus> {
  return {
    operation: 'status',
    method: 'GET',
    urlTemplate,
    id,
    scopes,
    read: (answer) => toStatus(readAbout(answer, 'id', id), id),
  };
}

/** The call for up to {@link statusIdsPerCall} statuses. Its result has one entry for each id, in the order of `ids`. */
export function statusesRequest(
  ids: readonly string[],
  urlTemplate: string,
  scopes: ScopeSet,
): ApiRequest<SubmissionStatus[]> {
  return {
    operation: 'statuses',
    method: 'POST',
    urlTemplate,
    body: JSON.stringify({ ids }),
    scopes,
    read: (answer) => readStatuses(answer, ids),
  };
}

function readStatuses(answer: Answer, ids: readonly string[]): SubmissionStatus[] {
  const { credentials } = readJsonObject(answer);
  if (!Array.isArray(credentials)) throw new Unreadable('it has no list named credentials');
  const byId = new Map<string, SubmissionStatus>();
  for (const entry of credentials as unknown[]) {
    if (isObject(entry) && typeof entry['id'] === 'string')
      byId.set(entry['id'], toStatus(entry, entry['id']));
  }
  return ids.map((id) => byId.get(id) ?? { id, status: 'not_reported' });
}

function toStatus(entry: JsonObject, id: string): SubmissionStatus {
  const status = readText(entry, 'status');
  const finalizedAt = readOptionalText(entry, 'finalized_at');
  return finalizedAt === undefined ? { id, status } : { id, status, finalizedAt };
}
