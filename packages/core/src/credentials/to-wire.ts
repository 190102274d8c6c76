import { InvalidPayloadError } from '../errors.ts';
import type { Scope } from '../scope.ts';
import { check } from './check.ts';
import { type Credential, definitionOf } from './credential.ts';
import type { CredentialType } from './credential-type.ts';
import { isDataUrl } from './document.ts';
import { documentTypeWithout, v1Data } from './envelope.ts';
import { type Fault, problemAt } from './fault.ts';
import type { Problem } from './problem.ts';
import { type Submission, submissionSchema } from './submission.ts';
import { assetTypeOf, type V2Entry } from './v2-body.ts';
import type { ApiVersion, WireOptions } from './wire-options.ts';

/** One add request, ready to be sent. */
export interface WireRequest {
  readonly id: string;
  /** Path of the API, beginning with a slash. */
  readonly path: string;
  /** The scope that the token needs. */
  readonly scope: Scope;
  readonly body: object;
}

/** The version a type is sent in unless the caller names one: v1 where v1 has it. */
export function defaultVersion(type: CredentialType): ApiVersion {
  return definitionOf(type).v1 === undefined ? 'v2' : 'v1';
}

/** Throws `InvalidPayloadError` when there are problems. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidPayloadError(problems);
}

/** Makes the request that adds `credential` under `id`. Throws `InvalidPayloadError` with every problem. */
export function toWire(
  credential: Credential,
  { id, version, ...options }: Omit<Submission, 'credential'> & WireOptions,
): WireRequest {
  const problems: Problem[] = [];
  const request = encode({ credential, id, version }, options, problems);
  refuse(problems);
  return request as WireRequest;
}

/** {@link toWire} for input that is not checked yet; adds to `problems` instead of throwing. */
export function encode(input: unknown, options: WireOptions, problems: Problem[]): WireRequest | undefined {
  const submission = check(submissionSchema, input, problems);
  if (submission === undefined) return undefined;
  const { id, credential, version = defaultVersion(credential.credential_type) } = submission;
  const report: ReportAt = (path, fault) => problems.push(problemAt(path, fault));
  return version === 'v1'
    ? encodeV1(id, credential, options, report)
    : encodeV2(id, credential, options, report);
}

/** Adds a fault that shows only when the request is made. */
export type ReportAt = (path: string, fault: Fault) => void;

function encodeV1(
  id: string,
  credential: Credential,
  options: WireOptions,
  report: ReportAt,
): WireRequest | undefined {
  const { credential_type, document } = credential;
  const { v1, scope, documents } = definitionOf(credential_type);
  if (v1 === undefined) {
    report('version', { code: 'unsupported_version', expected: 'v2' });
    return undefined;
  }
  const none = documentTypeWithout(documents);
  const data = v1Data(credential, options);
  if (document !== undefined) {
    data['document'] = document.value;
    if (document.value === null || isDataUrl(document.value)) {
      report('credential.document.value', noUploadInV1);
    }
  } else if (none !== 'none') {
    data['document'] = null;
  }
  return {
    id,
    path: v1.path,
    scope,
    body: { id, credential_type, document_type: document?.type ?? none, data },
  };
}

const noUploadInV1: Fault = {
  code: 'bad_document',
  message: 'is not an address, and v1 takes neither uploads nor data URLs',
  remedy: 'Give the public address of the file.',
};

function encodeV2(
  id: string,
  credential: Credential,
  options: WireOptions,
  report: ReportAt,
): WireRequest | undefined {
  const { credential_type: type, partner_chain } = credential;
  const { v2, scope } = definitionOf(type);
  if (!v2.documented && options.assumeV2?.includes(type) !== true) {
    report('version', {
      code: 'unsupported_version',
      message: `v2 is not printed for ${type} by itself`,
      remedy: `Use v1, or name ${type} in the setting assumeV2.`,
    });
    return undefined;
  }
  const entry = v2Entry(id, credential, 'credential', report);
  if (partner_chain !== undefined && !v2.partnerChain) report('credential.partner_chain', noPlace);
  return {
    id,
    path: v2Path(v2.path, v2.jsonSuffix, options),
    scope,
    body: partner_chain === undefined ? entry : { ...entry, partner_chain },
  };
}

/** Why a member is refused for which the documentation has no place in this request: dropping it silently would be worse. */
export const noPlace: Fault = {
  code: 'unknown_field',
  message: 'has no documented place in this request',
  remedy: 'Leave it out.',
};

/** What a single v2 add and an entry of a v2 batch have in common. `at` is the path of the credential. */
export function v2Entry(id: string, { fields, document }: Credential, at: string, report: ReportAt): V2Entry {
  if (document === undefined) return { credential_id: id, fields };
  const asset_type = assetTypeOf(document.type);
  if (asset_type === undefined) {
    report(`${at}.document.type`, {
      code: 'bad_document',
      message: 'is open_cert, for which v2 documents no asset type',
      remedy: 'Use v1, or send a file.',
    });
    return { credential_id: id, fields };
  }
  // The id of the credential, so that the upload links of a batch can be told apart.
  return { credential_id: id, fields, assets: [{ asset_id: id, asset_type, asset_data: document.value }] };
}

/** A v2 path with or without `.json`. */
export function v2Path(path: string, jsonSuffix: boolean, options: WireOptions): string {
  return (options.v2JsonSuffix ?? jsonSuffix) ? `${path}.json` : path;
}
