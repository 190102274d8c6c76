import { z } from 'zod';
import type { Scope } from '../scope.ts';
import { check } from './check.ts';
import { type Credential, credentialSchema, definitionOf } from './credential.ts';
import { v1Data } from './envelope.ts';
import { problemAt } from './fault.ts';
import { list, isObject, type Rule, strict, text } from './field-schemas.ts';
import type { Problem } from './problem.ts';
import { noPlace, type ReportAt, refuse, v2Entry, v2Path } from './to-wire.ts';
import { batchIdentityFields, type V2Entry } from './v2-body.ts';
import { type ValidationResult, validationResult } from './validate.ts';
import type { ApiVersion, WireOptions } from './wire-options.ts';

/** One credential of a batch. */
export interface BatchItem {
  /** The partner's own id of this credential; used once per batch. */
  id: string;
  credential: Credential;
}

/** Several credentials of ONE learner in one request (docs: "Batch field descriptions"). A cohort is one add per learner, not a batch. */
export interface BatchInput {
  /** The partner's own id of the whole batch. */
  id: string;
  /** Default `v2`. v1 takes neither documents nor `digital_identity`. */
  version?: ApiVersion | undefined;
  /** The learner, as v2 prints it: with the name only. */
  digital_identity?: { id: string; fields: { full_name: string } } | undefined;
  /** In v2 of every type but digital_identity; career_history at most once. */
  items: readonly BatchItem[];
}

/** A batch ready to be sent. */
export interface BatchRequest {
  readonly id: string;
  /** Path of the API, beginning with a slash. */
  readonly path: string;
  /** Every scope that the token needs. */
  readonly scopes: readonly Scope[];
  readonly body: object;
}

const uniqueIds: Rule = ({ digital_identity, items }, report) => {
  const seen = new Set<unknown>(isObject(digital_identity) ? [digital_identity['id']] : []);
  for (const [index, item] of Array.isArray(items) ? items.entries() : []) {
    const id = isObject(item) ? item['id'] : undefined;
    if (id !== undefined && seen.has(id)) report(['items', index, 'id'], { code: 'duplicate_id' });
    seen.add(id);
  }
};

const batchSchema: z.ZodType<BatchInput> = strict(
  {
    id: text,
    version: z.enum(['v1', 'v2']).optional(),
    digital_identity: strict({ id: text, fields: batchIdentityFields }).optional(),
    items: list(strict({ id: text, credential: credentialSchema }), 1),
  },
  uniqueIds,
);

/** Says everything that is wrong with a batch; nothing is sent. */
export function validateBatch(input: unknown, options: WireOptions = {}): ValidationResult {
  const problems: Problem[] = [];
  encodeBatch(input, options, problems);
  return validationResult(problems);
}

/** Makes the request of a batch. Throws `InvalidPayloadError` with every problem. */
export function batchToWire(input: BatchInput, options: WireOptions = {}): BatchRequest {
  const problems: Problem[] = [];
  const request = encodeBatch(input, options, problems);
  refuse(problems);
  return request as BatchRequest;
}

function encodeBatch(input: unknown, options: WireOptions, problems: Problem[]): BatchRequest | undefined {
  const batch = check(batchSchema, input, problems);
  if (batch === undefined) return undefined;
  const report: ReportAt = (path, fault) => problems.push(problemAt(path, fault));
  const encoded = batch.version === 'v1' ? batchV1(batch, options, report) : batchV2(batch, options, report);
  const types = batch.items.map(({ credential }) => credential.credential_type);
  if (batch.digital_identity !== undefined) types.push('digital_identity');
  const scopes = new Set(types.map((type) => definitionOf(type).scope));
  return { id: batch.id, scopes: [...scopes], ...encoded };
}

type PathAndBody = Pick<BatchRequest, 'path' | 'body'>;

/** v1 prints `id` and `credentials`, each an envelope without documents. */
function batchV1(batch: BatchInput, options: WireOptions, report: ReportAt): PathAndBody {
  if (batch.digital_identity !== undefined) report('digital_identity', noPlace);
  const credentials = batch.items.map(({ id, credential }, index) => {
    const { credential_type, document } = credential;
    const at = `items.${index}.credential`;
    if (definitionOf(credential_type).v1 === undefined) {
      report(`${at}.credential_type`, {
        code: 'unsupported_version',
        message: 'does not exist in v1',
        expected: 'v2',
      });
    }
    if (document !== undefined) report(`${at}.document`, noPlace);
    return { id, credential_type, data: v1Data(credential, options) };
  });
  return { path: '/api/partner/v1/add/batch.json', body: { id: batch.id, credentials } };
}

/** v2 prints one member per type, with one entry or a list. */
function batchV2(batch: BatchInput, options: WireOptions, report: ReportAt): PathAndBody {
  const body: Record<string, unknown> = { credential_id: batch.id };
  if (batch.digital_identity !== undefined) {
    const { id, fields } = batch.digital_identity;
    body['digital_identity'] = { credential_id: id, fields };
  }
  for (const [index, { id, credential }] of batch.items.entries()) {
    const at = `items.${index}.credential`;
    const { batchMember, batchKind } = definitionOf(credential.credential_type).v2;
    if (credential.partner_chain !== undefined) report(`${at}.partner_chain`, noPlace);
    const entry = v2Entry(id, credential, at, report);
    if (credential.credential_type === 'digital_identity') {
      report(`${at}.credential_type`, {
        code: 'unsupported_version',
        message: 'is digital_identity, which a v2 batch takes with the name only',
        remedy: 'Move the name to digital_identity beside items, or add it by itself.',
      });
    } else if (batchKind === 'many') {
      const entries = (body[batchMember] ??= []) as V2Entry[];
      entries.push(entry);
    } else if (body[batchMember] === undefined) {
      body[batchMember] = entry;
    } else {
      report(at, { code: 'too_many', message: `is a second ${batchMember}`, remedy: 'Send one in a batch.' });
    }
  }
  return { path: v2Path('/api/partner/v2/add/requests/batch', true, options), body };
}
