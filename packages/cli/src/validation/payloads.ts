import { credentialFromEnvelope, lint, validate } from '@seek-pass-kit/core';
import type { Credential, Submission, V1Envelope } from '@seek-pass-kit/core';
import type { Finding } from '../finding.ts';

/** A payload of a JSON file and what was found in it. */
export interface CheckedPayload {
  /** From 1, in the order of the file. */
  readonly payload: number;
  readonly findings: readonly Finding[];
}

/**
 * Checks what a JSON file holds: one payload or a list of them. A payload is a v1 envelope as SEEK Pass documents it, or a credential, with
 * or without id and version. `today` is `YYYY-MM-DD`.
 */
export function* checkPayloads(contents: unknown, today: string): Generator<CheckedPayload> {
  const payloads: readonly unknown[] = Array.isArray(contents) ? contents : [contents];
  for (const [at, payload] of payloads.entries()) {
    yield { payload: at + 1, findings: checkPayload(payload, today) };
  }
}

function checkPayload(payload: unknown, today: string): Finding[] {
  const checked = validate(payload);
  if (!checked.ok) {
    return checked.problems.map(({ path, ...problem }) => ({ ...problem, severity: 'problem', field: path }));
  }
  const credential = credentialOf(payload as ValidPayload);
  return lint(credential, { today }).map(({ path, ...finding }) => ({ ...finding, field: path }));
}

/** What `validate` lets through. */
type ValidPayload = V1Envelope | Submission | Credential;

function credentialOf(payload: ValidPayload): Credential {
  if ('credential' in payload) return payload.credential;
  return 'fields' in payload ? payload : credentialFromEnvelope(payload);
}
