import { randomUUID } from 'node:crypto';
import { requestSchemas } from '../credentials/request-schemas.ts';
import { checkedBody } from '../http/checked-body.ts';
import type { JsonObject } from '../http/json.ts';
import { readAbout, readOptionalText } from '../http/json.ts';
import type { Transport } from '../http/transport.ts';
import type { CallOptions } from '../options.ts';
import type { Settings } from '../resolve-options.ts';
import { scopeSet, verifyScopes } from '../scope.ts';
import { readRedirectUri } from '../submissions/redirect-uri.ts';
import type { DocumentedStatus } from '../submissions/status.ts';

/** A verify request, in the names of the wire (docs: "Verify with SEEK Pass"). */
export interface VerifyRequestInput {
  /** Yours, unique. Left out, the client makes one, so that a lost answer can be repeated without a second request. */
  readonly request_id?: string;
  /** Where SEEK Pass sends the browser afterwards. Its return proves nothing: read the result. */
  readonly callback_url?: string;
  readonly display_options: { readonly partner_name: string; readonly partner_logo_url?: string };
  readonly request_source?: readonly { readonly name: string }[];
  readonly metadata?: {
    readonly position_title?: string;
    readonly position_url?: string;
    readonly position_location?: string;
    readonly job_categories?: string;
    readonly applied_on_seek?: boolean;
  };
}

/** SEEK Pass took a verify request. */
export interface VerifyRequestResult {
  readonly requestId: string;
  /** Send the browser here, unchanged. Checked to be on SEEK Pass's origin (security rule 1). */
  readonly redirectUri: string;
}

/** How a verify request stands. */
export interface VerifyResult {
  readonly requestId: string;
  /** `not_reported` is ours: the answer has no status. Any other text is a status newer than this kit. */
  readonly status: DocumentedStatus | 'not_reported' | (string & {});
  /**
   * The whole answer: the user's data and the outcome of the verification. Not enumerable, so that no log shows it by accident; its members are not
   * documented.
   */
  readonly response: JsonObject;
}

const verifySet = scopeSet(verifyScopes);

/** "Verify with SEEK Pass": `seekPass.verify`. */
export interface Verify {
  /** Creates a verify request and returns the link for the user. Repeated after a fault under the same `request_id`. */
  request(input: VerifyRequestInput, call?: CallOptions): Promise<VerifyRequestResult>;
  /** Reads how a verify request stands. The path is an assumption: setting `paths.verifyResult`. */
  result(requestId: string, call?: CallOptions): Promise<VerifyResult>;
}

/** Makes {@link Verify}. */
export function createVerify(transport: Transport, settings: Settings): Verify {
  const { paths, verifyResultScope } = settings;
  return {
    async request(input, call) {
      const requestId = input.request_id ?? randomUUID();
      return transport.send(
        {
          operation: 'verify.request',
          method: 'POST',
          urlTemplate: paths.verifyRequest,
          body: checkedBody(requestSchemas.verifyRequest, { ...input, request_id: requestId }),
          scopes: verifySet,
          read(answer) {
            const response = readAbout(answer, 'request_id', requestId);
            return { requestId, redirectUri: readRedirectUri(response, 'verify', settings) };
          },
        },
        call,
      );
    },

    async result(requestId, call) {
      return transport.send(
        {
          operation: 'verify.result',
          method: 'GET',
          urlTemplate: paths.verifyResult,
          id: requestId,
          scopes: verifyResultScope === undefined ? verifySet : scopeSet([verifyResultScope]),
          read(answer) {
            const response = readAbout(answer, 'request_id', requestId);
            const status = readOptionalText(response, 'status') ?? 'not_reported';
            return Object.defineProperty({ requestId, status, response }, 'response', { enumerable: false });
          },
        },
        call,
      );
    },
  };
}
