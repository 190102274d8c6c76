import { z } from 'zod';
import { credentialSchemas, definitionOf } from './credential.ts';
import { type CredentialType, credentialTypes } from './credential-type.ts';
import { type V1CredentialType, v1EnvelopeSchema } from './envelope.ts';
import { strict, text, webUrl } from './field-schemas.ts';
import { personalMemberNames } from './personal-data.ts';
import { v2BodySchema, v2EntrySchema } from './v2-body.ts';

type PerType<T extends CredentialType> = { readonly [K in T]: z.ZodType<object> };

/** The credential types that v1 has. */
const v1Types = credentialTypes.filter((type) => definitionOf(type).v1 !== undefined);

function perType(
  types: readonly CredentialType[],
  schemaOf: (type: CredentialType) => z.ZodType | undefined,
): unknown {
  return Object.fromEntries(types.map((type) => [type, schemaOf(type)]));
}

const label = text().optional();

/** A v2 batch: one member per type. Which members are required is not settled in the documentation: each may be left out. */
const batchV2 = strict({
  credential_id: text(),
  ...Object.fromEntries(
    credentialTypes.map((type) => {
      const { batchMember, batchKind } = definitionOf(type).v2;
      const entry = v2EntrySchema(type);
      return [batchMember, (batchKind === 'one' ? entry : z.array(entry)).optional()];
    }),
  ),
});

/** One credential of a v1 batch: an envelope without document. */
const batchV1Entries = v1Types.map((type) => {
  const { shape } = v1EnvelopeSchema(type) as z.ZodObject;
  const { document: _document, ...data } = (shape['data'] as z.ZodObject).shape;
  return strict({ id: text(), credential_type: z.literal(type), data: strict(data) });
});

/**
 * The shapes of all request bodies that this kit sends, as SEEK Pass documents them; unknown members are refused. Query and path are
 * not part of them.
 */
export const wireSchemas = {
  /** v1 adds, by type (docs: "Redirect user" and the field pages). */
  addV1: perType(v1Types, v1EnvelopeSchema) as PerType<V1CredentialType>,
  /** v2 adds, by type. Printed for career_history and universal_credential; an assumption for the others. */
  addV2: perType(credentialTypes, v2BodySchema) as PerType<CredentialType>,
  /** Docs: "Batch field descriptions", older. */
  batchV1: strict({
    id: text(),
    credentials: z.array(z.discriminatedUnion('credential_type', batchV1Entries as never)).min(1),
  }),
  /** Docs: "Batch field descriptions". */
  batchV2,
  /** Up to 30 ids (docs: "Check submission status"). */
  bulkStatus: strict({ ids: z.array(text()).min(1).max(30) }),
  /** Docs: "Verify with SEEK Pass". */
  verifyRequest: strict({
    request_id: text().optional(),
    callback_url: webUrl().optional(),
    display_options: strict({ partner_name: text(), partner_logo_url: webUrl().optional() }),
    request_source: z.array(strict({ name: text() })).optional(),
    metadata: strict({
      position_title: label,
      position_url: label,
      position_location: label,
      job_categories: label,
      applied_on_seek: z.boolean().optional(),
    }).optional(),
  }),
  /** Docs: "Webhooks". */
  webhookCreate: strict({ url: webUrl(), name: label, description: label }),
  /** Docs: "Webhooks". The path is printed without an id, so the id may be in the body. */
  webhookUpdate: strict({ id: label, url: webUrl().optional(), name: label, description: label }),
};

/**
 * The names of all members that hold personal data, from the marks in the schemas. Whatever is below such a member is personal too.
 */
export const personalMembers: ReadonlySet<string> = new Set(
  [
    ...Object.values(credentialSchemas),
    ...Object.values(wireSchemas.addV1),
    ...Object.values(wireSchemas.addV2),
  ].flatMap((schema) => [...personalMemberNames(schema)]),
);

/** Whether the value at a path, like `data.credential.full_name`, is personal data. */
export function isPersonalField(path: string): boolean {
  return path.split('.').some((name) => personalMembers.has(name));
}
