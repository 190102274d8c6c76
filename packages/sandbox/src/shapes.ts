/**
 * The only place where the sandbox takes something from core: shapes of the wire, never behaviour. What the sandbox decides,
 * it decides with its own code, so that core is tested against a second reading of the documentation.
 */
import { z } from 'zod';
import { credentialTypes } from '../../core/src/credentials/credential-type.ts';
import type { CredentialType } from '../../core/src/credentials/credential-type.ts';

export { credentialTypes, type CredentialType };

const text = z.string().min(1);
const v1Envelope = (type: CredentialType) =>
  z.strictObject({
    id: text,
    credential_type: z.literal(type),
    document_type: z.string().optional(),
    data: z
      .object({ credential: z.object({ full_name: text }).loose(), document: z.string().nullish() })
      .loose(),
  });
const asset = z.strictObject({
  asset_id: text,
  asset_type: z.enum(['pdf', 'jpg', 'png', 'open_cert']),
  asset_data: z.string().nullish(),
});
const v2Entry = z.strictObject({
  credential_id: text,
  fields: z.object({ full_name: text }).loose(),
  partner_chain: z.array(z.strictObject({ name: text })).nullish(),
  assets: z.array(asset).max(1).optional(),
});

type AddV1 = { readonly id: string; readonly document_type?: string | undefined };
type AddV2 = z.infer<typeof v2Entry>;

const perType = <T>(
  schemaOf: (type: CredentialType) => z.ZodType<T>,
): { readonly [T2 in CredentialType]: z.ZodType<T> } => ({
  education: schemaOf('education'),
  english_proficiency: schemaOf('english_proficiency'),
  microcredential: schemaOf('microcredential'),
  digital_identity: schemaOf('digital_identity'),
  right_to_work: schemaOf('right_to_work'),
  career_history: schemaOf('career_history'),
  universal_credential: schemaOf('universal_credential'),
});

/** Request bodies as zod schemas, per endpoint. */
export const wireShapes = {
  addV1: perType<AddV1>(v1Envelope),
  addV2: perType<AddV2>(() => v2Entry),
  batchV1: z.strictObject({
    id: text,
    credentials: z
      .array(
        z.strictObject({
          id: text,
          credential_type: z.enum(credentialTypes),
          data: z.object({ credential: z.looseObject({}) }),
        }),
      )
      .min(1),
  }),
  batchV2: z.strictObject({
    credential_id: text,
    digital_identity: v2Entry.optional(),
    education_items: z.array(v2Entry).optional(),
    microcredential_items: z.array(v2Entry).optional(),
    english_proficiency_items: z.array(v2Entry).optional(),
    right_to_work_items: z.array(v2Entry).optional(),
    career_history: z.union([v2Entry, z.array(v2Entry)]).optional(),
    universal_credential_items: z.array(v2Entry).optional(),
  }),
  bulkStatus: z.strictObject({ ids: z.array(text).min(1) }),
  verifyRequest: z.strictObject({
    request_id: text.optional(),
    callback_url: z.url().optional(),
    display_options: z.strictObject({ partner_name: text, partner_logo_url: z.url().optional() }),
    request_source: z.array(z.strictObject({ name: text })).optional(),
    metadata: z
      .strictObject({
        position_title: z.string().optional(),
        position_url: z.string().optional(),
        position_location: z.string().optional(),
        job_categories: z.string().optional(),
        applied_on_seek: z.boolean().optional(),
      })
      .optional(),
  }),
  webhookCreate: z.strictObject({
    url: text,
    name: z.string().optional(),
    description: z.string().optional(),
  }),
  webhookUpdate: z.strictObject({
    id: text.optional(),
    url: text.optional(),
    name: z.string().optional(),
    description: z.string().optional(),
  }),
};
