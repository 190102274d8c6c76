import { credentialTypes } from '../shapes.ts';
import type { CredentialType } from '../shapes.ts';
import type { Submission } from './submission.ts';

/** One credential inside a submission, in the form the wallet shows it, whichever request body it came in. */
export interface SubmittedCredential {
  readonly credentialType: CredentialType;
  /** Wire names. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly documentType: string | undefined;
  /** A URL, a data URL, an OpenCert as text; null when there is none or it is uploaded. */
  readonly document: string | null;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads the credentials of a submission; an empty list once its data is deleted. */
export function submittedCredentials(submission: Submission): readonly SubmittedCredential[] {
  if (submission.deleted) return [];
  const body = asObject(JSON.parse(submission.payload));
  if (submission.form === 'v1') return [fromV1(body, submission.kind)];
  if (submission.form === 'v2') return [fromV2(body, submission.kind)];
  if (submission.form === 'batch_v1') {
    return asArray(body['credentials']).map((item) =>
      fromV1(asObject(item), asObject(item)['credential_type']),
    );
  }
  return credentialTypes.flatMap((type) => {
    const entries = body[batchMember(type)];
    return entries === undefined ? [] : asArray(entries).map((entry) => fromV2(asObject(entry), type));
  });
}

/** The member of a v2 batch that holds the entries of a type (docs: "Batch field descriptions"). */
function batchMember(type: CredentialType): string {
  return type === 'digital_identity' || type === 'career_history' ? type : `${type}_items`;
}

function fromV1(envelope: Json, kind: unknown): SubmittedCredential {
  const data = asObject(envelope['data']);
  return {
    credentialType: asCredentialType(kind),
    fields: asObject(data['credential']),
    documentType: typeof envelope['document_type'] === 'string' ? envelope['document_type'] : undefined,
    document: typeof data['document'] === 'string' ? data['document'] : null,
  };
}

function fromV2(entry: Json, kind: unknown): SubmittedCredential {
  const asset = asObject(asArray(entry['assets'] ?? [])[0]);
  return {
    credentialType: asCredentialType(kind),
    fields: asObject(entry['fields']),
    documentType: typeof asset['asset_type'] === 'string' ? asset['asset_type'] : undefined,
    document: typeof asset['asset_data'] === 'string' ? asset['asset_data'] : null,
  };
}

function asCredentialType(value: unknown): CredentialType {
  const type = credentialTypes.find((known) => known === value);
  if (type === undefined) throw new TypeError('A submission of an unknown credential type was stored.');
  return type;
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
