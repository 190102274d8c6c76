import { InvalidPayloadError } from '../errors.ts';
import type { Scope } from '../scope.ts';
import { check } from './check.ts';
import { type Credential, credentialSchema, definitionOf } from './credential.ts';
import { type CredentialType, credentialTypes } from './credential-type.ts';
import { isDataUrl } from './document.ts';
import { absentDocumentType, v1Data } from './envelope.ts';
import { isObject, text } from './field-schemas.ts';
import { nearestName } from './nearest-name.ts';
import { type Fault, type Problem, problemAt } from './problem.ts';
import { assetOf } from './v2-body.ts';
import type { ApiVersion, WireOptions } from './wire-options.ts';

/** One add request, ready to be sent. */
export interface AddRequest {
  readonly credential_type: CredentialType;
  readonly id: string;
  /** Path of the API, beginning with a slash. */
  readonly path: string;
  /** The scope that the token needs. */
  readonly scope: Scope;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The version a type is sent in unless the caller names one: v1 where v1 has it. */
export function defaultVersion(type: CredentialType): ApiVersion {
  return definitionOf(type).v1 === undefined ? 'v2' : 'v1';
}

/**
 * Makes the request that adds `credential` under `id`.
 * Throws `InvalidPayloadError` with every problem; its paths begin at the credential (`fields.issue_date`), at `id` or at `version`.
 */
export function toWire(
  credential: Credential,
  {
    id,
    version,
    ...options
  }: WireOptions & { readonly id: string; readonly version?: ApiVersion | undefined },
): AddRequest {
  const problems: Problem[] = [];
  const request = encode({ credential, id, version }, '', options, problems);
  if (request === undefined) throw new InvalidPayloadError(problems);
  return request;
}

const idSchema = text();

/** Like {@link toWire} for input that is not checked yet; adds to `problems` instead of throwing. `at` is the path of the credential. */
export function encode(
  input: { readonly credential: unknown; readonly id: unknown; readonly version?: unknown },
  at: string,
  options: WireOptions,
  problems: Problem[],
): AddRequest | undefined {
  const id = check(idSchema, input.id, 'id', problems);
  const credential = checkCredential(input.credential, at, problems);
  if (input.version !== undefined && input.version !== 'v1' && input.version !== 'v2') {
    problems.push(problemAt('version', { code: 'not_one_of', expected: 'v1, v2' }));
  }
  if (id === undefined || credential === undefined || problems.length > 0) return undefined;
  const version = input.version === undefined ? defaultVersion(credential.credential_type) : input.version;
  const request =
    version === 'v1'
      ? encodeV1(credential, id, at, options, problems)
      : encodeV2(credential, id, at, options, problems);
  return problems.length > 0 ? undefined : request;
}

/** Checks a credential of any type; the result is a copy. */
export function checkCredential(input: unknown, at: string, problems: Problem[]): Credential | undefined {
  const type = readType(input, at, problems);
  return type === undefined ? undefined : check(credentialSchema(type), input, at, problems);
}

/** Reads `credential_type`, which decides about the schema. */
export function readType(input: unknown, at: string, problems: Problem[]): CredentialType | undefined {
  if (!isObject(input)) {
    problems.push(
      problemAt(at, { code: input === undefined && at !== '' ? 'missing_field' : 'not_an_object' }),
    );
    return undefined;
  }
  const given = input['credential_type'];
  const type = credentialTypes.find((known) => known === given);
  if (type !== undefined) return type;
  const near = typeof given === 'string' ? nearestName(given, credentialTypes) : undefined;
  problems.push(
    problemAt(at === '' ? 'credential_type' : `${at}.credential_type`, {
      code: given === undefined ? 'missing_field' : 'unknown_credential_type',
      remedy: near === undefined ? `Use one of: ${credentialTypes.join(', ')}.` : `Did you mean ${near}?`,
    }),
  );
  return undefined;
}

/** A problem of a member of the credential at `at`. */
function problemOf(at: string, member: string, fault: Fault): Problem {
  return problemAt(at === '' ? member : `${at}.${member}`, fault);
}

function encodeV1(
  credential: Credential,
  id: string,
  at: string,
  options: WireOptions,
  problems: Problem[],
): AddRequest | undefined {
  const type = credential.credential_type;
  const { v1, scope, documents } = definitionOf(type);
  if (v1 === undefined) {
    problems.push(problemAt('version', { code: 'unsupported_version', expected: 'v2' }));
    return undefined;
  }
  const data = v1Data(type, credential, options);
  const { document } = credential;
  const none = absentDocumentType(documents);
  if (document === undefined) {
    if (none !== 'none') data['document'] = null;
  } else if (document.value === null || isDataUrl(document.value)) {
    problems.push(problemOf(at, 'document.value', noFileInV1));
  } else {
    data['document'] = document.value;
  }
  return {
    credential_type: type,
    id,
    path: v1.path,
    scope,
    body: { id, credential_type: type, document_type: document?.type ?? none, data },
  };
}

const noFileInV1: Fault = {
  code: 'bad_document',
  message: 'is not an address; v1 takes neither uploads nor data URLs',
  remedy: 'Give the public address of the file.',
};

function encodeV2(
  credential: Credential,
  id: string,
  at: string,
  options: WireOptions,
  problems: Problem[],
): AddRequest | undefined {
  const type = credential.credential_type;
  const { v2, scope } = definitionOf(type);
  if (!v2.documented && options.assumeV2?.includes(type) !== true) {
    problems.push(
      problemAt('version', {
        code: 'unsupported_version',
        message: `v2 is not printed for a single ${type}`,
        remedy: `Use v1, or name ${type} in the setting assumeV2 to send the assumed shape.`,
      }),
    );
    return undefined;
  }
  const body = v2Entry(credential, id, at, problems);
  if (credential.partner_chain !== undefined) {
    if (v2.partnerChain) body['partner_chain'] = credential.partner_chain;
    else problems.push(problemOf(at, 'partner_chain', noPlaceForChain));
  }
  return { credential_type: type, id, path: v2Path(v2.path, v2.jsonSuffix, options), scope, body };
}

/** Why `partner_chain` is refused where the documentation has no place for it. Dropping it silently would be worse. */
export const noPlaceForChain: Fault = {
  code: 'unknown_field',
  message: 'has no documented place in this request',
  remedy: 'Leave it out.',
};

/** `credential_id`, `fields` and `assets` of a v2 request. */
export function v2Entry(
  credential: Credential,
  id: string,
  at: string,
  problems: Problem[],
): Record<string, unknown> {
  const entry: Record<string, unknown> = { credential_id: id, fields: credential.fields };
  if (credential.document !== undefined) {
    const asset = assetOf(id, credential.document as never);
    if ('code' in asset) problems.push(problemOf(at, 'document.type', asset));
    else entry['assets'] = [asset];
  }
  return entry;
}

/** A v2 path with or without `.json`. */
export function v2Path(path: string, printedWithSuffix: boolean, options: WireOptions): string {
  return (options.v2JsonSuffix ?? printedWithSuffix) ? `${path}.json` : path;
}
