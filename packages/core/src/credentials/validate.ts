import { z } from 'zod';
import { check } from './check.ts';
import { type Credential, credentialSchema, definitionOf } from './credential.ts';
import { takeApart, type V1Envelope, v1CredentialTypes, v1EnvelopeSchema } from './envelope.ts';
import { isObject } from './field-schemas.ts';
import type { Problem } from './problem.ts';
import type { AddInput } from './submission.ts';
import { encode, refuse, type WireRequest } from './to-wire.ts';
import type { WireOptions } from './wire-options.ts';

/** The answer of `validate` and `validateBatch`. */
export type ValidationResult =
  | { readonly ok: true; readonly problems: readonly [] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The result with these problems. */
export function validationResult(problems: readonly Problem[]): ValidationResult {
  return problems.length === 0 ? { ok: true, problems: [] } : { ok: false, problems };
}

/**
 * Says everything that is wrong with a v1 envelope, a `{ credential, id, version? }` or a bare credential; nothing is sent. It does not judge
 * the contents: that is what `lint` is for.
 */
export function validate(input: unknown, options: WireOptions = {}): ValidationResult {
  const problems: Problem[] = [];
  if (isObject(input) && 'fields' in input) check(credentialSchema, input, problems);
  else encodeInput(input, options, problems);
  return validationResult(problems);
}

/** Makes the request of an add from either form of input. Throws `InvalidPayloadError` with every problem. */
export function wireRequest(input: AddInput, options: WireOptions = {}): WireRequest {
  const problems: Problem[] = [];
  const request = encodeInput(input, options, problems);
  refuse(problems);
  return request as WireRequest;
}

/** The credential of a v1 envelope. Throws `InvalidPayloadError` with every problem of the envelope. */
export function credentialFromEnvelope(envelope: V1Envelope, options: WireOptions = {}): Credential {
  const problems: Problem[] = [];
  const checked = checkEnvelope(envelope, options, problems);
  refuse(problems);
  return takeApart(checked ?? envelope);
}

function encodeInput(input: unknown, options: WireOptions, problems: Problem[]): WireRequest | undefined {
  if (isObject(input) && 'credential' in input) return encode(input, options, problems);
  const body = checkEnvelope(input, options, problems);
  if (body === undefined) return undefined;
  const { v1, scope } = definitionOf(body.credential_type);
  return { id: body.id, path: v1?.path ?? '', scope, body };
}

/** Finds the envelope's type, or says what is wrong with it. */
const anyEnvelope = z.looseObject({ credential_type: z.enum(v1CredentialTypes) });

function checkEnvelope(input: unknown, options: WireOptions, problems: Problem[]): V1Envelope | undefined {
  const given = isObject(input) ? input['credential_type'] : undefined;
  const type = v1CredentialTypes.find((known) => known === given);
  const schema = type === undefined ? anyEnvelope : v1EnvelopeSchema(type, options);
  return check(schema as z.ZodType<V1Envelope>, input, problems);
}
