import { credentialFromEnvelope, lint, validate } from '@seek-pass-kit/core';
import type { Credential, Submission, V1Envelope } from '@seek-pass-kit/core';
import type { Finding } from '@seek-pass-kit/flows/bulk';

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
  const payloadOfId = new Map<unknown, number>();
  for (const [at, payload] of payloads.entries()) {
    const findings = checkPayload(payload, today);
    const earlier = sameId(payloadOfId, payload, at + 1);
    yield {
      payload: at + 1,
      findings: earlier === undefined ? findings : [...findings, duplicateId(earlier)],
    };
  }
}

/** The earlier payload with the same id, if there is one. */
function sameId(payloadOfId: Map<unknown, number>, payload: unknown, number: number): number | undefined {
  if (typeof payload !== 'object' || payload === null || !('id' in payload)) return undefined;
  const earlier = payloadOfId.get(payload.id);
  if (earlier === undefined) payloadOfId.set(payload.id, number);
  return earlier;
}

/** Within 48 hours SEEK Pass answers an id with the link it gave first: the second learner would get the first one's credential. */
function duplicateId(earlier: number): Finding {
  return {
    severity: 'problem',
    field: 'id',
    code: 'duplicate_id',
    message: `id is the same as in payload ${earlier}`,
    remedy: 'Give each credential an id of its own.',
  };
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
