import { randomUUID } from 'node:crypto';
import { wireSchemas } from '../credentials/wire-schemas.ts';
import { checkedBody } from '../http/checked-body.ts';
import { fillPath } from '../http/path.ts';
import type { JsonObject } from '../http/json.ts';
import { readJsonObject, readOptionalText, readText } from '../http/json.ts';
import { Unreadable } from '../http/failure.ts';
import type { Transport } from '../http/transport.ts';
import type { CallOptions } from '../options.ts';
import type { Settings } from '../resolve-options.ts';
import { scopeSet } from '../scope.ts';
import { parseRedirectUri } from '../submissions/redirect-uri.ts';
import type { DocumentedStatus } from '../submissions/status.ts';
import { checkId } from '../submissions/status.ts';

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

/** The scopes that SEEK Pass asks for in the verify flow. */
const verifyScopes = scopeSet(['read.digital_identity', 'write.digital_identity']);

/** "Verify with SEEK Pass": `seekPass.verify`. */
export class Verify {
  readonly #transport: Transport;
  readonly #settings: Settings;

  constructor(transport: Transport, settings: Settings) {
    this.#transport = transport;
    this.#settings = settings;
  }

  /** Creates a verify request and returns the link for the user. Repeated after a fault under the same `request_id`. */
  async request(input: VerifyRequestInput, call?: CallOptions): Promise<VerifyRequestResult> {
    const { paths, redirectOrigin, clientId } = this.#settings;
    const requestId = input.request_id ?? randomUUID();
    return this.#transport.send(
      {
        operation: 'verify.request',
        method: 'POST',
        urlTemplate: paths.verifyRequest,
        path: paths.verifyRequest,
        body: checkedBody(wireSchemas.verifyRequest, { ...input, request_id: requestId }),
        contentType: 'application/json',
        scopes: verifyScopes,
        repeat: 'always',
        read(answer) {
          const body = readJsonObject(answer);
          if ((body['request_id'] ?? requestId) !== requestId)
            throw new Unreadable('it is about another request_id');
          const redirectUri = readText(body, 'redirect_uri');
          parseRedirectUri(redirectUri, { origin: redirectOrigin, clientId, flow: 'verify' });
          return { requestId, redirectUri };
        },
      },
      call,
    );
  }

  /** Reads how a verify request stands. The path is an assumption: setting `paths.verifyResult`. */
  async result(requestId: string, call?: CallOptions): Promise<VerifyResult> {
    const { paths, verifyResultScope } = this.#settings;
    return this.#transport.send(
      {
        operation: 'verify.result',
        method: 'GET',
        urlTemplate: paths.verifyResult,
        path: fillPath(paths.verifyResult, { request_id: checkId(requestId) }),
        body: null,
        scopes: verifyResultScope === undefined ? verifyScopes : scopeSet([verifyResultScope]),
        repeat: 'always',
        read(answer) {
          const response = readJsonObject(answer);
          if ((response['request_id'] ?? requestId) !== requestId)
            throw new Unreadable('it is about another request_id');
          const result = {
            requestId,
            status: readOptionalText(response, 'status') ?? 'not_reported',
            response,
          };
          return Object.defineProperty(result, 'response', { enumerable: false });
        },
      },
      call,
    );
  }
}
