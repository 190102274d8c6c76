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
  /** Of the v2 asset that holds the document, also when its file comes by an upload link. */
  readonly assetId: string | undefined;
  /** Names of the organisations it was passed through, from the partner's side to the issuer's (docs: "Partner chain"). */
  readonly partnerChain: readonly string[];
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
  const { partner_chain: chainInside, ...fields } = asObject(data['credential']);
  const { partner_chain: chainInScores, ...scores } = asObject(fields['test_scores']);
  return {
    credentialType: asCredentialType(kind),
    fields: chainInScores === undefined ? fields : { ...fields, test_scores: scores },
    partnerChain: chainNames(chainInside ?? data['partner_chain'] ?? chainInScores),
    documentType: typeof envelope['document_type'] === 'string' ? envelope['document_type'] : undefined,
    document: typeof data['document'] === 'string' ? data['document'] : null,
    assetId: undefined,
  };
}

function fromV2(entry: Json, kind: unknown): SubmittedCredential {
  const asset = asObject(asArray(entry['assets'] ?? [])[0]);
  return {
    credentialType: asCredentialType(kind),
    fields: asObject(entry['fields']),
    partnerChain: chainNames(entry['partner_chain']),
    documentType: typeof asset['asset_type'] === 'string' ? asset['asset_type'] : undefined,
    document: typeof asset['asset_data'] === 'string' ? asset['asset_data'] : null,
    assetId: typeof asset['asset_id'] === 'string' ? asset['asset_id'] : undefined,
  };
}

/** In v1 its place differs by type: inside `credential`, beside it, or inside `test_scores`; in v2 it is beside `fields`. */
function chainNames(chain: unknown): readonly string[] {
  return asArray(chain ?? []).flatMap((link) => {
    const { name } = asObject(link);
    return typeof name === 'string' ? [name] : [];
  });
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
