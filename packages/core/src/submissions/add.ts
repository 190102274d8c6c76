import type { ApiRequest } from '../http/api-request.ts';
import type { JsonObject } from '../http/json.ts';
import { readJsonObject } from '../http/json.ts';
import type { Settings } from '../resolve-options.ts';
import { scopeSet } from '../scope.ts';
import { readRedirectUri } from './redirect-uri.ts';

/** SEEK Pass accepted a submission, or already had it: the same id within 48 hours gives the same link. */
export interface AddResult {
  /** The id that was sent: ask for its status with it. */
  readonly id: string;
  /**
   * Send the learner's browser here, unchanged. It is checked (security rule 1). Do not store or mail it: the first person who logs in through it
   * owns the credential. Add the same id again to get it again.
   */
  readonly redirectUri: string;
  /** The whole answer, with members this kit does not know (v2: the upload links). */
  readonly response: JsonObject;
}

/** An add or a batch in the shape of the wire. */
interface WireAdd {
  readonly id: string;
  readonly path: string;
  readonly scopes: readonly string[];
  readonly body: object;
}

/** The call for one add, or one batch. */
export function addRequest(
  operation: 'add' | 'addBatch',
  add: WireAdd,
  settings: Settings,
): ApiRequest<AddResult> {
  return {
    operation,
    method: 'POST',
    urlTemplate: add.path,
    body: JSON.stringify(add.body),
    scopes: scopeSet(add.scopes),
    read(answer) {
      const response = readJsonObject(answer);
      const redirectUri = readRedirectUri(response, 'add', settings);
      return { id: add.id, redirectUri, response };
    },
  };
}
