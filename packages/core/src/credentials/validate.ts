import { InvalidPayloadError } from '../errors.ts';
import { check, unknownField } from './check.ts';
import { type Credential, definitionOf } from './credential.ts';
import { type V1Envelope, takeApart, v1EnvelopeSchema } from './envelope.ts';
import { isObject } from './field-schemas.ts';
import { type Problem, problemAt } from './problem.ts';
import { type AddRequest, checkCredential, encode, readType } from './to-wire.ts';
import type { ApiVersion, WireOptions } from './wire-options.ts';

/** A credential with what an add needs besides. `version` defaults to v1 where v1 has the type. */
export interface Submission {
  /** The partner's own id of this submission. */
  id: string;
  credential: Credential;
  version?: ApiVersion | undefined;
}

/** What can be added: the body that SEEK Pass documents for v1, or a credential with an id. */
export type AddInput = V1Envelope | Submission;

/** The answer of {@link validate}. */
export type ValidationResult =
  | { readonly ok: true; readonly problems: readonly [] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Says everything that is wrong with a v1 envelope, a `{ credential, id, version? }` or a bare credential; nothing is sent. It does not judge
 * the contents: that is what `lint` is for.
 */
export function validate(input: unknown, options: WireOptions = {}): ValidationResult {
  const problems: Problem[] = [];
  if (isObject(input) && 'fields' in input && !('data' in input) && !('credential' in input)) {
    checkCredential(input, '', problems);
  } else {
    encodeInput(input, options, problems);
  }
  return problems.length === 0 ? { ok: true, problems: [] } : { ok: false, problems };
}

/** Makes the request of an add from either form of input. Throws `InvalidPayloadError` with every problem. */
export function addRequest(input: AddInput, options: WireOptions = {}): AddRequest {
  const problems: Problem[] = [];
  const request = encodeInput(input, options, problems);
  if (request === undefined) throw new InvalidPayloadError(problems);
  return request;
}

/** The credential of a v1 envelope. Throws `InvalidPayloadError` when the envelope is not valid. */
export function credentialFromEnvelope(envelope: V1Envelope, options: WireOptions = {}): Credential {
  const problems: Problem[] = [];
  const request = encodeEnvelope(envelope, options, problems);
  if (request === undefined) throw new InvalidPayloadError(problems);
  return takeApart(request.body as unknown as V1Envelope) as unknown as Credential;
}

const submissionMembers = ['credential', 'id', 'version'];

function encodeInput(input: unknown, options: WireOptions, problems: Problem[]): AddRequest | undefined {
  if (!isObject(input) || !('credential' in input)) return encodeEnvelope(input, options, problems);
  for (const key of Object.keys(input)) {
    if (!submissionMembers.includes(key)) problems.push(unknownField('', key, submissionMembers));
  }
  return encode(
    { credential: input['credential'], id: input['id'], version: input['version'] },
    'credential',
    options,
    problems,
  );
}

function encodeEnvelope(input: unknown, options: WireOptions, problems: Problem[]): AddRequest | undefined {
  const type = readType(input, '', problems);
  if (type === undefined) return undefined;
  const definition = definitionOf(type);
  const schema = v1EnvelopeSchema(type, options);
  if (schema === undefined || definition.v1 === undefined) {
    problems.push(
      problemAt('credential_type', {
        code: 'unsupported_version',
        message: 'has no v1 envelope',
        remedy: 'Give { credential, id } instead: it is sent in v2.',
      }),
    );
    return undefined;
  }
  const body = check(schema, input, '', problems) as V1Envelope | undefined;
  if (body === undefined) return undefined;
  return {
    credential_type: type,
    id: body.id,
    path: definition.v1.path,
    scope: definition.scope,
    body: body as unknown as AddRequest['body'],
  };
}
